"""The featurized matrix as it enters each estimator, scaled and laid out once for all alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from .bounds import Bounds
from .changed import Changed, Values, bits_laid_out, changed_by, values_in, values_of
from .matrices import is_plain, same
from .rowwise import keeps_columns_apart
from .stored import Stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MEGABYTE = 1 << 20
DENSE_BYTES = 512 * MEGABYTE
"""Up to this size a sparse matrix is laid out dense for trees, which are quicker on it."""

_SMALL = 8 * MEGABYTE


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
        self._steps: list[tuple[Any, Any, Any]] = []
        self._read = np.zeros(matrix.shape[1], dtype=bool)
        self._changed: dict[bytes, tuple[Values, Changed]] = {}
        self._by_column: dict[int, Any] = {}
        self._bounds: dict[int, Bounds] = {}
        self._dense: dict[tuple[int, str], Any] = {}
        self._bits: NDArray[np.uint64] | None = None

    def through(self, steps: Sequence[Any]) -> tuple[Any, list[Any]]:
        """Apply the steps that keep columns apart; give the matrix and the steps that are left."""
        matrix = self.matrix
        left = list(steps)
        while left and keeps_columns_apart(left[0]):
            made = self._scaled_by(left[0], matrix)
            if not is_plain(made) or made.shape != matrix.shape:
                break
            matrix = made
            left.pop(0)
        return self._shared(matrix), left

    def _scaled_by(self, step: Any, matrix: Any) -> Any:
        """Apply a scaler, once for all that were fitted alike."""
        for known, before, made in self._steps:
            if before is matrix and _alike(known, step):
                return made
        dressed = self.frame(matrix) if self.frame and matrix is self.matrix else matrix
        made = step.transform(dressed)
        if is_plain(made) and made.shape == matrix.shape:
            made = self._shared(made)
        self._steps.append((step, matrix, made))
        return made

    def reads(self, read: NDArray[np.bool_]) -> None:
        """Note the columns that an estimator reads which looks at one row at a time."""
        self._read = self._read | read

    def changed(
        self, columns: NDArray[np.intp], orders: Sequence[NDArray[np.intp]]
    ) -> tuple[Values, Changed]:
        """Tell the different rows of a block apart, and find which of them a shuffle makes.

        What is equal before the scaling is so after it: one answer serves all estimators.
        """
        read = columns[self._read[columns]]
        key = read.tobytes()
        if key not in self._changed:
            bits = self._small_bits()
            values = (
                values_of(self.matrix, read.tolist()) if bits is None else values_in(bits[:, read])
            )
            self._changed[key] = (values, changed_by(values, orders))
        return self._changed[key]

    def _small_bits(self) -> NDArray[np.uint64] | None:
        """Lay a small csr matrix out, of which columns are taken slowly."""
        small = self.matrix.shape[0] * self.matrix.shape[1] * 8 <= _SMALL
        if self._bits is None and small and issparse(self.matrix):
            self._bits = bits_laid_out(self.matrix)
        return self._bits

    def column(self, matrix: Any, absent: float, position: int) -> NDArray[Any] | Stored:
        """Give a column of the matrix or a scaled one, `absent` where nothing is stored."""
        if not issparse(matrix):
            return np.asarray(matrix[:, position])
        if id(matrix) not in self._by_column:
            if not matrix.has_canonical_format:
                raise ValueError("a place of the matrix is stored twice")
            self._by_column[id(matrix)] = matrix.tocsc()
        stored = self._by_column[id(matrix)]
        at = slice(*stored.indptr[position : position + 2])
        values = stored.data[at].astype(np.result_type(matrix.dtype, np.float32), copy=False)
        return Stored(matrix.shape[0], absent, stored.indices[at], values)

    def bounds(self, matrix: Any) -> Bounds | None:
        """Give what finds columns in the rows of a csr matrix, one for all estimators."""
        if not issparse(matrix):
            return None
        return self._bounds.setdefault(id(matrix), Bounds(matrix))

    def dense(self, matrix: Any, absent: float) -> Any:
        """Lay a sparse matrix out; None where that is too large."""
        key = (id(matrix), repr(absent))
        if key not in self._dense:
            size = matrix.shape[0] * matrix.shape[1] * 8
            self._dense[key] = None if size > DENSE_BYTES else _laid_out(matrix, absent)
        return self._dense[key]

    def forget(self) -> None:
        """Drop what was kept for the columns of one batch."""
        self._changed.clear()

    def _shared(self, matrix: Any) -> Any:
        for known in self._scaled:
            # LightGBM takes no whole numbers in a sparse matrix.
            if known is matrix or (known.dtype == matrix.dtype and same(known, matrix, bits=True)):
                return known
        self._scaled.append(matrix)
        return matrix


def _alike(one: Any, other: Any) -> bool:
    """Tell whether two fitted scalers hold the same."""
    if type(one) is not type(other) or vars(one).keys() != vars(other).keys():
        return False
    return all(_equal(each, vars(other)[name]) for name, each in vars(one).items())


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and same(one, other, bits=True)
    return type(one) is type(other) and isinstance(one, _PLAIN) and one == other


_PLAIN = (bool, int, float, str, tuple, np.generic, type(None))


def _laid_out(matrix: Any, absent: float) -> Any:
    dense = np.full(matrix.shape, absent, dtype=np.result_type(matrix.dtype, np.float32))
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    dense[row, matrix.indices] = matrix.data
    return dense
