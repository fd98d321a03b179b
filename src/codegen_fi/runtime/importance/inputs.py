"""The featurized matrix as it enters each estimator, scaled and laid out once for all alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .changed import Values, values_of
from .matrices import is_plain, same
from .rowwise import keeps_columns_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MEGABYTE = 1 << 20
DENSE_BYTES = 512 * MEGABYTE
"""Up to this size a sparse matrix is laid out dense for trees, which are quicker on it."""


class Inputs:
    """The matrix as it enters the estimators, one copy for all behind the same scaling.

    Parameters
    ----------
    matrix : ndarray or csr matrix of shape (rows, columns)
    frame : callable(matrix) -> table or None
        Dresses the matrix for a step that was fitted on a table.
    """

    def __init__(self, matrix: Any, frame: Any = None) -> None:
        self.matrix = matrix
        self.frame = frame
        self._scaled: list[Any] = [matrix]
        self._values: dict[tuple[int, bytes], Values] = {}
        self._dense: dict[tuple[int, str], Any] = {}

    def through(self, steps: Sequence[Any]) -> tuple[Any, list[Any]]:
        """Apply the steps that keep columns apart; give the matrix and the steps that are left."""
        matrix = self.matrix
        left = list(steps)
        while left and keeps_columns_apart(left[0]):
            dressed = self.frame(matrix) if self.frame and matrix is self.matrix else matrix
            made = left[0].transform(dressed)
            if not is_plain(made) or made.shape != matrix.shape:
                break
            matrix = made
            left.pop(0)
        return self._shared(matrix), left

    def values(self, matrix: Any, columns: NDArray[np.intp]) -> Values:
        """Tell the different rows of a block apart."""
        key = (id(matrix), columns.tobytes())
        if key not in self._values:
            self._values[key] = values_of(matrix, columns.tolist())
        return self._values[key]

    def dense(self, matrix: Any, absent: float) -> Any:
        """Lay a sparse matrix out; None where that is too large."""
        key = (id(matrix), repr(absent))
        if key not in self._dense:
            size = matrix.shape[0] * matrix.shape[1] * 8
            self._dense[key] = None if size > DENSE_BYTES else _laid_out(matrix, absent)
        return self._dense[key]

    def forget(self) -> None:
        """Drop what was kept for the columns of one batch."""
        self._values.clear()

    def _shared(self, matrix: Any) -> Any:
        for known in self._scaled:
            # LightGBM takes no whole numbers in a sparse matrix.
            if known is matrix or (known.dtype == matrix.dtype and same(known, matrix, bits=True)):
                return known
        self._scaled.append(matrix)
        return matrix


def _laid_out(matrix: Any, absent: float) -> Any:
    dense = np.full(matrix.shape, absent, dtype=np.result_type(matrix.dtype, np.float32))
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    dense[row, matrix.indices] = matrix.data
    return dense
