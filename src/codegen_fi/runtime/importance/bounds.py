"""Where in the rows of a csr matrix a stretch of columns begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KEPT_BYTES = 1 << 26
"""Most bytes of bounds that are kept: neighbouring blocks share them, and so do estimators."""

_LONG_ROWS = 40
"""Stored numbers per row from which on searching takes less time than counting."""


class Bounds:
    """Finds stretches of columns.

    Parameters
    ----------
    matrix : csr matrix of shape (rows, columns)
        Its columns in order, each stored once.
    """

    def __init__(self, matrix: Any) -> None:
        self._matrix = matrix
        self._kept: dict[int, NDArray[np.intp]] = {}
        self._keys: Any = None

    def before(self, column: int) -> NDArray[np.intp]:
        """Find where in each row the stored numbers of a column and those after it begin."""
        if column not in self._kept:
            if (len(self._kept) + 1) * self._matrix.shape[0] * 8 > _KEPT_BYTES:
                self._kept.clear()
            self._kept[column] = self._found(column)
        return self._kept[column]

    def _found(self, column: int) -> NDArray[np.intp]:
        indptr = self._matrix.indptr
        rows, width = self._matrix.shape
        if column <= 0:
            return np.asarray(indptr[:-1], dtype=np.intp)
        if column >= width:
            return np.asarray(indptr[1:], dtype=np.intp)
        if self._matrix.nnz > _LONG_ROWS * rows:
            starts = np.arange(rows) * width
            if self._keys is None:
                self._keys = np.repeat(starts, np.diff(indptr)) + self._matrix.indices
            return np.asarray(np.searchsorted(self._keys, starts + column))
        running = np.concatenate([[0], np.cumsum(self._matrix.indices < column)])
        return np.asarray(indptr[:-1] + running[indptr[1:]] - running[indptr[:-1]])
