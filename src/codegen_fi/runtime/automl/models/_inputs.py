"""What a transformer notes of the columns it is fitted on."""

from __future__ import annotations

from typing import Any

import numpy as np


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
    shape = np.shape(X)
    if len(shape) > 1:
        estimator.n_features_in_ = int(shape[1])
    names = getattr(X, "columns", None)
    if names is not None and all(isinstance(name, str) for name in names):
        estimator.feature_names_in_ = np.asarray(names, dtype=object)
    elif hasattr(estimator, "feature_names_in_"):
        del estimator.feature_names_in_
    return estimator
