"""Add up trees for few rows, many in each call of numpy, which takes longer than its work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .words import first

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..changed import Changed, Values
    from .forest import Forest
    from .sums import Sums

    Asked = Sequence[tuple[NDArray[np.intp], Values, Changed]]
    Rows = NDArray[np.intp] | None
    Span = tuple[int, int]

AT_ONCE = 1 << 16
"""Trees times rows that are looked up in one call, so few that they stay near the processor."""

WORTH = 8
"""From so many trees in a call it is quicker."""


def few_enough(asked: Asked, rows: int) -> bool:
    """Tell whether enough trees go into one call."""
    return max([rows, *(len(todo.rows) for _, _, todo in asked)]) * WORTH <= AT_ONCE


class Together:
    """A forest over few rows.

    Parameters
    ----------
    sums : Sums
    forest : Forest
    asked : sequence of (columns, their different values, changed rows)
    rows : ndarray of int, or None
        The rows to look at, in order, all that change among them; None for all.
    count : int
        How many these are.
    """

    def __init__(self, sums: Sums, forest: Forest, asked: Asked, rows: Rows, count: int) -> None:
        self._forest = forest
        self._count = count
        self._moves = [_Move(sums, *each, rows) for each in asked]
        taken = {feature for move in self._moves for feature in move.features}
        rest = [feature for feature in sums.features if feature not in taken]
        self._rest = _Tables(sums, rest, rows) if rest else None
        most = max([count, *(len(move.rows) for move in self._moves)])
        self._step = max(1, AT_ONCE // max(1, most))

    def changed(self) -> tuple[list[NDArray[Any]], NDArray[Any]]:
        """Add up the changed rows of each block, and the rows as they are.

        Returns
        -------
        list of ndarray of shape (outputs, changed rows); ndarray of shape (outputs, rows)
        """
        start, trees = self._forest.start[:, None], self._forest.trees
        unchanged = np.repeat(start, self._count, axis=1)
        totals = [np.repeat(start, len(move.rows), axis=1) for move in self._moves]
        for begin in range(0, trees, self._step):
            span = (begin, min(begin + self._step, trees))
            others, whole = self._all_but(span)
            added = self._added(whole, np.arange(*span))
            for move, left, total in zip(self._moves, others, totals):  # noqa: B905
                self._add(total, self._moved(move, left, added, span), span)
            self._add(unchanged, added, span)
        return totals, unchanged

    def _all_but(self, span: Span) -> tuple[list[Any], Any]:
        """Tell what all columns but a block's leave over in the trees that look at it; and all.

        None stands for a block that none of the trees looks at.
        """
        kept = self._forest.tests.kept
        shape = (span[1] - span[0], self._count, *kept.shape[1:])
        running = np.full(shape, np.iinfo(kept.dtype).max, dtype=kept.dtype)
        if self._rest is not None:
            trees, left = self._rest.of_rows(span, self._rest.entry)
            running[trees] &= left
        parts = [move.of_rows(span) for move in self._moves]
        before: list[Any] = [None] * len(parts)
        for i, part in enumerate(parts):
            if part is not None:
                before[i] = running[part[0]]
                running[part[0]] = before[i] & part[1]
        after = np.full_like(running, np.iinfo(kept.dtype).max)
        for i, part in reversed(list(enumerate(parts))):
            if part is not None:
                before[i] &= after[part[0]]
                after[part[0]] &= part[1]
        return before, running

    def _moved(self, move: _Move, others: Any, added: Sequence[Any], span: Span) -> list[Any]:
        """Give what the leaves add that the changed rows are in, (trees, changed rows)."""
        if others is None:
            return [each.take(move.rows, axis=1, mode="clip") for each in added]
        trees, left = move.changed(others, span)
        found = self._added(left, trees)
        if len(trees) == span[1] - span[0]:
            return found
        looks = np.zeros(span[1] - span[0], dtype=bool)
        looks[trees - span[0]] = True
        whole = []
        for each, moved in zip(added, found):  # noqa: B905
            both = np.empty((len(looks), len(move.rows)), dtype=each.dtype)
            both[looks] = moved
            both[~looks] = each[~looks].take(move.rows, axis=1, mode="clip")
            whole.append(both)
        return whole

    def _added(self, left: Any, trees: NDArray[np.intp]) -> list[Any]:
        """Give what the leaves add that rows are in, (trees, rows), from each of the tables."""
        at = first(left, self._forest.words)
        at += (trees * self._forest.tables[0].shape[1])[:, None]
        return [table.ravel().take(at, mode="clip") for table in self._forest.tables]

    def _add(self, totals: NDArray[Any], terms: Sequence[Any], span: Span) -> None:
        outputs = self._forest.outputs
        for output, total in enumerate(totals):
            if outputs is None:
                _accumulate(total, terms[output])
            elif len(totals) == 1:
                _accumulate(total, terms[0])
            else:
                _accumulate(total, terms[0][outputs[slice(*span)] == output])


class _Tables:
    """What tests on some columns leave over, in all trees that have such tests.

    Attributes
    ----------
    trees : ndarray of int, (trees,)
    left : ndarray of shape (trees, entries) or (trees, entries, words)
    entry : ndarray of int
        Which entry belongs to each row.
    """

    def __init__(self, sums: Sums, features: Sequence[int], rows: Rows) -> None:
        cuts = [sums.cuts(feature) for feature in features]
        codes = [sums.codes(feature, rows) for feature in features]
        if len(cuts) == 1:
            # The codes are fewer than the values and serve as they are.
            self.trees, self.left, self.entry = cuts[0].trees, cuts[0].left, codes[0]
            return
        self.entry = np.arange(len(codes[0]))
        self.trees = np.unique(np.concatenate([one.trees for one in cuts]))
        of_one = cuts[0].left
        shape = (len(self.trees), len(self.entry), *of_one.shape[2:])
        self.left = np.full(shape, np.iinfo(of_one.dtype).max, dtype=of_one.dtype)
        for one, coded in zip(cuts, codes):  # noqa: B905
            at = self.trees.searchsorted(one.trees)
            self.left[at] &= one.left.take(coded, axis=1, mode="clip")

    def within(self, span: Span) -> slice:
        """Tell which of the trees are in a span."""
        return slice(*self.trees.searchsorted(span).tolist())

    def of_rows(self, span: Span, entry: NDArray[np.intp]) -> tuple[NDArray[np.intp], Any]:
        """Give the trees of a span, counted from its first, and what they leave over by row."""
        at = self.within(span)
        return self.trees[at] - span[0], self.left[at].take(entry, axis=1, mode="clip")


class _Move:
    """Columns that move together, and the rows that this changes."""

    def __init__(
        self, sums: Sums, columns: NDArray[np.intp], values: Values, todo: Changed, rows: Rows
    ) -> None:
        self.features = sums.looked_at(columns)
        self.rows = todo.rows if rows is None else np.searchsorted(rows, todo.rows)
        self._tables: _Tables | None = None
        if self.features:
            self._tables = tables = _Tables(sums, self.features, values.first)
            self._of_row = tables.entry[values.ids if rows is None else values.ids[rows]]
            self._of_change = tables.entry[todo.kinds]

    def of_rows(self, span: Span) -> tuple[NDArray[np.intp], Any] | None:
        """Give what is left over by row; None where these trees don't look at the columns."""
        found = None if self._tables is None else self._tables.of_rows(span, self._of_row)
        return found if found is not None and len(found[0]) else None

    def changed(self, others: Any, span: Span) -> tuple[NDArray[np.intp], Any]:
        """Give the trees that look at the columns and what is left over for each changed row."""
        assert self._tables is not None  # noqa: S101
        at = self._tables.within(span)
        found = self._tables.left[at].take(self._of_change, axis=1, mode="clip")
        found &= others.take(self.rows, axis=1, mode="clip")
        return self._tables.trees[at], found


def _accumulate(total: Any, terms: Any) -> None:
    """Add terms of shape (trees, rows) to totals, tree after tree."""
    if len(total) > 1 and len(terms):
        # Over anything but the last axis, numpy adds up in order.
        terms[0] += total
        np.add.reduce(terms, axis=0, out=total)
    else:
        for term in terms:
            total += term
