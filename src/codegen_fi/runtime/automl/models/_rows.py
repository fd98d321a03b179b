"""Tables and matrices of every kind are cut by row the same way."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


def rows(X: Any, positions: NDArray[np.intp]) -> Any:
    """Take rows by position.

    Parameters
    ----------
    X : DataFrame, Series, ndarray, sparse matrix or list, (n, ...)
    positions : ndarray of int or bool

    Returns
    -------
    Same kind as X, except that a list becomes an ndarray and a sparse matrix CSR.
    """
    if hasattr(X, "iloc"):
        return X.iloc[positions]
    if sparse.issparse(X):
        return X.tocsr()[positions]
    return np.asarray(X)[positions]
