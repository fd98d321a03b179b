"""Rows of dense and csr matrices: compared bit by bit, and put together with others' columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix, issparse, vstack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def is_plain(matrix: Any) -> bool:
    """Tell whether it is an array or a csr matrix with its columns in order."""
    if not issparse(matrix):
        return isinstance(matrix, np.ndarray) and len(matrix.shape) == 2  # noqa: PLR2004
    return bool(matrix.format == "csr" and matrix.has_sorted_indices)


def same(left: Any, right: Any, bits: bool = False) -> bool:
    """Compare two matrices or arrays, nan equal to nan.

    Parameters
    ----------
    left, right : ndarray or csr matrix
    bits : bool
        Zero and minus zero differ.
    """
    if issparse(left) != issparse(right) or left.shape != right.shape:
        return False
    if not issparse(left):
        return _same_array(left, right, bits)
    return all(
        _same_array(getattr(left, part), getattr(right, part), bits)
        for part in ("indptr", "indices", "data")
    )


def _same_array(left: Any, right: Any, bits: bool) -> bool:
    left, right = np.asarray(left), np.asarray(right)
    floats = left.dtype.kind == "f" and right.dtype.kind == "f"
    if bits and floats and left.dtype == right.dtype:
        kind = f"u{left.dtype.itemsize}"
        left, right = (np.ascontiguousarray(each).view(kind) for each in (left, right))
        floats = False
    return bool(np.array_equal(left, right, equal_nan=floats))


def rows_of(X: Any, rows: NDArray[np.intp]) -> Any:
    """Take rows of a table or of a matrix."""
    return X.iloc[rows] if hasattr(X, "iloc") else X[rows]


def stacked(parts: Sequence[Any]) -> Any:
    """Put arrays, or csr matrices, one under the other."""
    if len(parts) == 1:
        return parts[0]
    return vstack(parts, format="csr") if issparse(parts[0]) else np.concatenate(parts)


class Mixed:
    """Takes rows of a matrix with some columns from other rows of it.

    Parameters
    ----------
    matrix : ndarray or csr matrix of shape (rows, columns)
    columns : sequence of int
    """

    def __init__(self, matrix: Any, columns: Sequence[int]) -> None:
        self._matrix = matrix
        self._columns = np.sort(np.asarray(columns, dtype=np.intp))
        self._runs = _Runs(matrix, self._columns) if issparse(matrix) else None

    def rows(self, rows: NDArray[np.intp], sources: NDArray[np.intp]) -> Any:
        """Give rows of shape (wanted, columns); in a csr matrix, columns stay in order."""
        if self._runs is not None:
            return self._runs.rows(rows, sources)
        mixed = self._matrix[rows]
        if len(self._columns) == 1:
            column = self._columns[0]
            mixed[:, column] = self._matrix[sources, column]
        else:
            mixed[:, self._columns] = self._matrix[np.ix_(sources, self._columns)]
        return mixed


class _Runs:
    """Puts csr rows together without sorting: what goes before what is known from the runs.

    A run is a stretch of moving columns without a staying one between them. The stored numbers
    keep the order of their columns, and with it the order in which an estimator adds them up.
    """

    def __init__(self, matrix: Any, columns: NDArray[np.intp]) -> None:
        width = matrix.shape[1]
        moving = np.zeros(width, dtype=bool)
        moving[columns] = True
        self._shape = matrix.shape
        self._stay, self._move = matrix[:, np.flatnonzero(~moving)], matrix[:, columns]
        self._names = (np.flatnonzero(~moving), columns)
        # Number of the run a moving column is in; of runs before a staying column.
        starts = np.flatnonzero(np.diff(np.concatenate([[False], moving]).astype(np.int8)) == 1)
        self._run_of = np.searchsorted(starts, columns, side="right") - 1
        self._runs_before = np.searchsorted(starts, self._names[0], side="left")
        stays_before = np.searchsorted(self._names[0], starts)
        first = np.append(np.searchsorted(columns, starts), len(columns))
        ordered = self._stay.has_sorted_indices and self._move.has_sorted_indices
        # Beside a text there are more runs than numbers in a row.
        self._merged = bool(ordered and len(starts) * len(matrix.indptr) > matrix.nnz)
        if not self._merged:
            self._stays_before = _counts(self._stay, stays_before)
            self._moves_before = _counts(self._move, first)

    def rows(self, rows: NDArray[np.intp], sources: NDArray[np.intp]) -> Any:
        stay, move = self._stay[rows], self._move[sources]
        indptr = stay.indptr + move.indptr
        data = np.empty(indptr[-1], dtype=self._stay.dtype)
        indices = np.empty(indptr[-1], dtype=stay.indices.dtype)
        stays, moves = self._names[0][stay.indices], self._names[1][move.indices]
        at, row = _places(stay)
        if self._merged:
            before = _smaller(move, moves, row, stays, self._shape[1])
        else:
            before = self._moves_before[sources[row], self._runs_before[stay.indices]]
        place = indptr[row] + at + before
        data[place], indices[place] = stay.data, stays
        at, row = _places(move)
        if self._merged:
            before = _smaller(stay, stays, row, moves, self._shape[1])
        else:
            before = self._stays_before[rows[row], self._run_of[move.indices]]
        place = indptr[row] + at + before
        data[place], indices[place] = move.data, moves
        mixed = csr_matrix((data, indices, indptr), shape=(len(rows), self._shape[1]))
        mixed.has_sorted_indices = True
        return mixed


def _smaller(part: Any, names: Any, row: Any, asked: Any, width: int) -> NDArray[np.intp]:
    """Count the columns of a part, in order within its rows, before each of some others."""
    own = np.repeat(np.arange(part.shape[0], dtype=np.int64), np.diff(part.indptr))
    before: NDArray[np.intp] = np.searchsorted(own * width + names, row * width + asked)
    return before - np.asarray(part.indptr[row], dtype=np.intp)


def _counts(matrix: Any, bounds: Any) -> NDArray[np.intp]:
    """Count the stored numbers of each row before each of some columns."""
    bounds = np.asarray(bounds, dtype=np.int64)
    lengths = np.diff(matrix.indptr)
    if matrix.has_sorted_indices:
        # A text stores thousands of numbers between two bounds: look the bounds up, not them.
        first = np.arange(matrix.shape[0], dtype=np.int64) * (matrix.shape[1] + 1)
        keys = np.repeat(first, lengths) + matrix.indices
        before: NDArray[np.intp] = np.searchsorted(keys, first[:, None] + bounds)
        return before - np.asarray(matrix.indptr[:-1, None], dtype=np.intp)
    found = np.zeros((matrix.shape[0], len(bounds)), dtype=np.intp)
    row = np.repeat(np.arange(matrix.shape[0]), lengths)
    for i, bound in enumerate(bounds):
        found[:, i] = np.bincount(row[matrix.indices < bound], minlength=matrix.shape[0])
    return found


def _places(matrix: Any) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give the place within its row, and the row, of each stored number."""
    lengths = np.diff(matrix.indptr)
    row = np.repeat(np.arange(matrix.shape[0]), lengths)
    return np.arange(len(matrix.indices)) - matrix.indptr[row], row
