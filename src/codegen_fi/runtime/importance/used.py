"""Which of its input columns a fitted estimator provably reads; the others can't matter.

A tree reads the columns it splits on, a linear model those with a coefficient. Everything else
is taken to read all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .compat import booster_width
from .recognise import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray


def columns_read(estimator: Any, matrix: Any) -> NDArray[np.bool_]:
    """Tell for each column whether the estimator may read it.

    Parameters
    ----------
    estimator : fitted estimator
    matrix : ndarray or sparse matrix of shape (rows, columns)
        The rows that are predicted, as they enter the estimator.

    Returns
    -------
    ndarray of bool of shape (columns,)
        All true for a class that isn't known, and when anything about it is unusual.
    """
    every = np.ones(matrix.shape[1], dtype=bool)
    find = _FINDERS.find(estimator)
    if find is None:
        return every
    try:
        found = find(estimator, matrix)
    except Exception:  # noqa: BLE001 - an unknown release of a library only costs speed
        return every
    return every if found is None or len(found) != len(every) else np.asarray(found, dtype=bool)


def is_linear(estimator: Any) -> bool:
    """Tell whether an estimator adds up its columns times coefficients."""
    return _FINDERS.find(estimator) is _linear


def is_xgboost(estimator: Any) -> bool:
    """Tell whether it is an estimator of XGBoost."""
    return hasattr(estimator, "get_xgb_params")


def is_sum_of_columns(xgboost: Any) -> bool:
    """Tell whether an estimator of XGBoost boosts a linear model instead of trees."""
    # Asking for all parameters takes longer than predicting a few rows.
    more = getattr(xgboost, "kwargs", None) or {}
    return "gblinear" in (getattr(xgboost, "booster", None), more.get("booster"))


def _lightgbm(model: Any, _matrix: Any) -> Any:
    return model.booster_.feature_importance(importance_type="split", iteration=-1) > 0


def _xgboost(model: Any, matrix: Any) -> Any:
    if is_sum_of_columns(model):
        return None
    booster = model.get_booster()
    width = booster_width(booster)
    names = booster.feature_names or [f"f{i}" for i in range(width)]
    counts = booster.get_score(importance_type="weight")
    return [name in counts for name in names]


def _tree(model: Any, matrix: Any) -> Any:
    found = np.zeros(matrix.shape[1], dtype=bool)
    features = model.tree_.feature
    found[features[features >= 0]] = True
    return found


def _trees(model: Any, matrix: Any) -> Any:
    return np.any([_tree(each, matrix) for each in np.ravel(model.estimators_)], axis=0)


def _gradient_boosting(model: Any, matrix: Any) -> Any:
    # A model that starts the boosting may read anything; a constant doesn't.
    first = getattr(model, "init_", None)
    constant = first in (None, "zero") or type(first).__name__.startswith("Dummy")
    return _trees(model, matrix) if constant else None


def _linear(model: Any, matrix: Any) -> Any:
    coef = np.atleast_2d(np.asarray(model.coef_))
    # Zero times infinity is no zero.
    return (coef != 0).any(axis=0) | ~_finite(matrix)


def _finite(matrix: Any) -> NDArray[np.bool_]:
    if not hasattr(matrix, "tocsc"):
        return np.asarray(np.isfinite(matrix).all(axis=0))
    found = np.ones(matrix.shape[1], dtype=bool)
    stored = matrix.tocoo()
    found[stored.col[~np.isfinite(stored.data)]] = False
    return found


_LINEAR = (
    "BaseSGD",
    "ElasticNet",
    "LassoLars",
    "LinearClassifierMixin",
    "LinearModel",
    "LinearSVR",
    "_GeneralizedLinearRegressor",
)

_FINDERS = Table(
    by_package={
        ("lightgbm", "LGBMModel"): _lightgbm,
        ("xgboost", "XGBModel"): _xgboost,
        ("sklearn", "BaseDecisionTree"): _tree,
        ("sklearn", "BaseForest"): _trees,
        ("sklearn", "BaseGradientBoosting"): _gradient_boosting,
        **{("sklearn", name): _linear for name in _LINEAR},
    }
)
