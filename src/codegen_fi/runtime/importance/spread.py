"""Standard deviations of a matrix's columns without making a sparse one dense."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def column_spread(matrix: Any) -> NDArray[np.float64]:
    """Compute the standard deviation (ddof=0) of each column.

    Parameters
    ----------
    matrix : array, sparse matrix or DataFrame of shape (rows, columns)
        Numbers; integers of any width are widened first.

    Returns
    -------
    ndarray of shape (columns,)
        In the units of the columns. Two passes, so that a large mean costs no digits.
    """
    from scipy.sparse import issparse

    if issparse(matrix):
        return _sparse_spread(matrix)
    return np.asarray(np.asarray(matrix, dtype=np.float64).std(axis=0))


def _sparse_spread(matrix: Any) -> NDArray[np.float64]:
    stored = matrix.tocsc()
    rows, columns = stored.shape
    count = np.diff(stored.indptr)
    column_of = np.repeat(np.arange(columns), count)
    values = stored.data.astype(np.float64)
    mean = np.bincount(column_of, weights=values, minlength=columns) / rows
    squares = np.bincount(column_of, weights=(values - mean[column_of]) ** 2, minlength=columns)
    variance = (squares + (rows - count) * mean**2) / rows
    return np.asarray(np.sqrt(variance))
