"""Sample weights reach the estimator at the end of a pipeline."""

from __future__ import annotations

from typing import Any

from sklearn.base import clone
from sklearn.pipeline import Pipeline


def fitted(estimator: Any, X: Any, y: Any, sample_weight: Any = None) -> Any:
    """Fit a clone of an estimator, with weights where there are some.

    Parameters
    ----------
    estimator : estimator, or pipeline with one at its end
    X : DataFrame, ndarray or sparse matrix, (n, columns)
    y : ndarray, (n,)
    sample_weight : ndarray, (n,), optional

    Returns
    -------
    The fitted clone.

    Raises
    ------
    TypeError
        The estimator takes no weights.
    """
    # clone also takes lists, so that a type checker reads its result as one.
    fresh: Any = clone(estimator)
    if sample_weight is None:
        return fresh.fit(X, y)
    return fresh.fit(X, y, **{weights_argument(fresh): sample_weight})


def weights_argument(estimator: Any) -> str:
    """Tell which argument of ``fit`` takes the weights, such as ``model__sample_weight``.

    Parameters
    ----------
    estimator : estimator, or pipeline with one at its end

    Returns
    -------
    str
    """
    steps = []
    while isinstance(estimator, Pipeline):
        name, estimator = estimator.steps[-1]
        steps.append(name)
    return "__".join([*steps, "sample_weight"])
