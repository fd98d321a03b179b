"""Add up trees for rows in which a block of columns comes from other rows.

What the tests on a block remove depends on the row that the block comes from, what the others
remove on the row itself. So each is looked up once, and a shuffled row costs one "and" per tree
instead of a walk down.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ..stored import Stored
from .blocks import Block, Rest
from .together import Together, few_enough
from .words import first

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ..changed import Changed, Values
    from .cuts import Cuts
    from .forest import Forest

_STRETCH = 8192
"""Rows taken at a time, so that all words of a tree stay near the processor."""

_KEPT = 1 << 18
"""Codes of stored values that are kept, because making them takes long for few rows."""


class Sums:
    """A forest over the rows of a matrix.

    Parameters
    ----------
    forest : Forest
    cuts : dict of int to Cuts
        Its tests by column.
    column : callable(position) -> ndarray of shape (rows,) or Stored
        The columns of the matrix.
    rows : int
    """

    def __init__(
        self, forest: Forest, cuts: dict[int, Cuts], column: Callable[[int], Any], rows: int
    ) -> None:
        self._forest = forest
        self._cuts = cuts
        self._column = column
        self._rows = rows
        self._codes: dict[int, NDArray[np.intp]] = {}

    def changed(
        self,
        asked: Sequence[tuple[NDArray[np.intp], Values, Changed]],
        rows: NDArray[np.intp] | None = None,
    ) -> tuple[list[NDArray[Any]], NDArray[Any]]:
        """Add up the changed rows of each block, and the rows as they are.

        Parameters
        ----------
        asked : sequence of (columns, their different values, changed rows)
            No column is in two of them.
        rows : ndarray of int, optional
            The rows to look at, in order, all that change among them.

        Returns
        -------
        list of ndarray of shape (outputs, changed rows); ndarray of shape (outputs, rows)
        """
        count = self._rows if rows is None else len(rows)
        if few_enough(asked, count):
            return Together(self, self._forest, asked, rows, count).changed()
        blocks = [Block(self, *each, rows) for each in asked]
        taken = {feature for block in blocks for feature in block.features}
        rest = Rest(self, [feature for feature in self._cuts if feature not in taken], rows)
        unchanged = self._begin(count)
        totals = [self._begin(len(block.rows)) for block in blocks]
        laid_out = [t.reshape(len(t), *block.shape) for t, block in zip(totals, blocks)]  # noqa: B905
        stretches = [(start, min(start + _STRETCH, count)) for start in range(0, count, _STRETCH)]
        pieces = [[block.piece(*stretch) for block in blocks] for stretch in stretches]
        words = self._forest.words
        for tree in range(self._forest.trees):
            values = self._forest.added(tree)
            tables = [block.table(tree) for block in blocks]
            there = [i for i, table in enumerate(tables) if table is not None]
            for (start, stop), piece in zip(stretches, pieces):  # noqa: B905
                own = rest.left(tree, start, stop)
                parts = [piece[i].looked_up(tables[i]) for i in there]
                others, whole = _all_but(parts, self._all(stop - start) if own is None else own)
                place = first(whole, words)
                for output, leaves in values:
                    before = leaves.take(place, mode="clip")
                    unchanged[output, start:stop] += before
                    _keep(laid_out, piece, output, before, tables)
                for i, left in zip(there, others):  # noqa: B905
                    changed = first(piece[i].changed(left, tables[i]), words)
                    for output, leaves in values:
                        more = piece[i].laid_out(leaves.take(changed, mode="clip"))
                        laid_out[i][output][piece[i].where] += more
        return totals, unchanged

    @property
    def features(self) -> list[int]:
        """The columns on which there are tests."""
        return list(self._cuts)

    def looked_at(self, columns: NDArray[np.intp]) -> list[int]:
        """Choose the columns on which there are tests."""
        return [column for column in columns.tolist() if column in self._cuts]

    def cuts(self, feature: int) -> Cuts:
        """Give the tests on a column."""
        return self._cuts[feature]

    def codes(self, feature: int, rows: Any = None) -> NDArray[np.intp]:
        """Code the values of a column, in some rows."""
        found = self._codes.get(feature)
        if found is None:
            column = self._column(feature)
            if not isinstance(column, Stored):
                return self._coded(feature, column if rows is None else column[rows])
            found = column.mapped(partial(self._coded, feature))
            if len(found) * (len(self._codes) + 1) <= _KEPT:
                self._codes[feature] = found
        return found if rows is None else found[rows]

    def _coded(self, feature: int, values: NDArray[Any]) -> NDArray[np.intp]:
        return self._cuts[feature].codes(values.astype(self._forest.kind), self._forest.strict)

    def _all(self, rows: int) -> NDArray[Any]:
        kept = self._forest.tests.kept
        return np.full((rows, *kept.shape[1:]), np.iinfo(kept.dtype).max, dtype=kept.dtype)

    def _begin(self, rows: int) -> NDArray[Any]:
        start = self._forest.start
        return np.repeat(start[:, None], rows, axis=1)


def _keep(
    totals: list[Any], piece: Sequence[Any], output: int, before: Any, tables: Sequence[Any]
) -> None:
    """Add what a tree says of the rows as they are where it doesn't look at the block."""
    for total, part, table in zip(totals, piece, tables):  # noqa: B905
        if table is None:
            total[output][part.where] += part.spread(before)


def _all_but(parts: Sequence[Any], own: Any) -> tuple[list[Any], Any]:
    """Put all parts but one together, for each; and all of them."""
    before = []
    running = own
    for part in parts:
        before.append(running)
        running = running & part
    after: Any = None
    for i in range(len(parts) - 1, -1, -1):
        if after is None:
            after = parts[i]
        else:
            before[i] = before[i] & after
            after = after & parts[i]
    return before, running
