"""Blocks of columns as a forest sees them: which of their values it can tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..changed import Changed, Values
    from .cuts import Cuts
    from .sums import Sums


class Block:
    """Columns that move together.

    Attributes
    ----------
    features : list of int
        The columns that the forest looks at.
    rows : ndarray of int, (changed,)
        The changed rows.
    shape : tuple of int
        They are laid out so: (changed,), or (orders, rows) where all are.
    """

    def __init__(
        self,
        sums: Sums,
        columns: NDArray[np.intp],
        values: Values,
        todo: Changed,
        rows: NDArray[np.intp] | None = None,
    ) -> None:
        self.features = sums.looked_at(columns)
        ids = values.ids if rows is None else values.ids[rows]
        self.rows = todo.rows if rows is None else np.searchsorted(rows, todo.rows)
        self._every = todo.every
        self.shape = (-1, todo.total) if todo.every else (-1,)
        codes = [sums.codes(feature, values.first) for feature in self.features]
        self._tests = _by_tree([sums.cuts(feature) for feature in self.features], codes)
        self._of_row, self._of_change = ids, todo.kinds
        self._alone = len(self.features) == 1
        if self._alone:
            # The codes are fewer than the values and serve as they are.
            self._of_row, self._of_change = codes[0][ids], codes[0][todo.kinds]

    def table(self, tree: int) -> Any:
        """Give what a tree's tests leave over for each value; None without tests."""
        tests = self._tests.get(tree)
        if tests is None:
            return None
        return tests[0][0] if self._alone else _all_left(tests)

    def piece(self, start: int, stop: int) -> Piece:
        """Give the part of it that belongs to some rows."""
        of_row = self._of_row[start:stop]
        if self._every:
            changed = self._of_change.reshape(self.shape)[:, start:stop]
            return Piece(of_row, (slice(None), slice(start, stop)), None, changed)
        first, last = np.searchsorted(self.rows, (start, stop)).tolist()
        rows = self.rows[first:last] - start
        return Piece(of_row, (slice(first, last),), rows, self._of_change[first:last])


class Piece:
    """A block in a stretch of rows.

    Attributes
    ----------
    where : tuple of slice
        Of the changed rows, laid out in the shape of the block.
    """

    def __init__(
        self, of_row: Any, where: tuple[slice, ...], rows: NDArray[np.intp] | None, of_change: Any
    ) -> None:
        self.where = where
        self._of_row = of_row
        self._rows = rows
        self._of_change = np.ascontiguousarray(of_change)

    def looked_up(self, table: Any) -> Any:
        """Tell for each row what the block's tests leave over."""
        return table.take(self._of_row, axis=0, mode="clip")

    def changed(self, others: Any, table: Any) -> Any:
        """Tell what is left over for each changed row."""
        found = table.take(self._of_change, axis=0, mode="clip")
        found &= self.spread(others)
        return found.reshape(-1, *table.shape[1:])

    def spread(self, of_rows: Any) -> Any:
        """Give each changed row what belongs to the row, or what can be added to all of them."""
        return of_rows if self._rows is None else of_rows.take(self._rows, axis=0, mode="clip")

    def laid_out(self, of_changed: Any) -> Any:
        """Give something of each changed row the shape of the piece."""
        return of_changed.reshape(self._of_change.shape)


class Rest:
    """The columns of no block.

    Parameters
    ----------
    sums : Sums
    features : sequence of int
    """

    def __init__(
        self, sums: Sums, features: Sequence[int], rows: NDArray[np.intp] | None = None
    ) -> None:
        codes = [sums.codes(feature, rows) for feature in features]
        self._tests = _by_tree([sums.cuts(feature) for feature in features], codes)

    def left(self, tree: int, start: int, stop: int) -> Any:
        """Tell for each row what their tests leave over; None without tests."""
        tests = self._tests.get(tree)
        if tests is None:
            return None
        return _all_left([(left, codes[start:stop]) for left, codes in tests])


def _by_tree(
    cuts: Sequence[Cuts], codes: Sequence[NDArray[np.intp]]
) -> dict[int, list[tuple[Any, Any]]]:
    """Collect for each tree the tables of its columns, with the codes of the values."""
    found: dict[int, list[tuple[Any, Any]]] = {}
    for one, coded in zip(cuts, codes):  # noqa: B905
        for tree, left in zip(one.trees.tolist(), one.left):  # noqa: B905
            found.setdefault(tree, []).append((left, coded))
    return found


def _all_left(tests: Sequence[tuple[Any, Any]]) -> Any:
    found: Any = None
    for left, codes in tests:
        more = left.take(codes, axis=0, mode="clip")
        if found is None:
            found = more
        else:
            found &= more
    return found
