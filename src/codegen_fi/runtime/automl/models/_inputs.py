"""What estimators note and say of the tables they take."""

from __future__ import annotations

from typing import Any

import numpy as np

_TABLE = 2


class TakesSparse:
    """Mixin of estimators that take sparse tables, for scikit-learn's tags."""

    def __sklearn_tags__(self) -> Any:
        """Say that sparse tables are taken."""
        tags: Any = super().__sklearn_tags__()  # type: ignore[misc]
        tags.input_tags.sparse = True
        return tags


def is_table(X: Any) -> bool:
    """Tell a table or matrix from a target and from lists."""
    return getattr(X, "ndim", 1) == _TABLE


def width(X: Any) -> int:
    """Count the columns of a table of any kind.

    Raises
    ------
    ValueError
        X isn't a table.
    """
    shape = X.shape if hasattr(X, "shape") else np.asarray(X).shape
    if len(shape) != _TABLE:
        raise ValueError(f"Expected a table with rows and columns, got an array of shape {shape}.")
    return int(shape[1])


def noted(estimator: Any, X: Any) -> Any:
    """Note the number of columns, and their names where a table has names only of text.

    Parameters
    ----------
    estimator : transformer
        Gets ``n_features_in_`` and, with names, ``feature_names_in_``.
    X : DataFrame, ndarray or sparse matrix, (n, columns)

    Returns
    -------
    The estimator.
    """
    estimator.n_features_in_ = width(X)
    names = getattr(X, "columns", None)
    if names is not None and all(isinstance(name, str) for name in names):
        estimator.feature_names_in_ = np.asarray(names, dtype=object)
    elif hasattr(estimator, "feature_names_in_"):
        del estimator.feature_names_in_
    return estimator
