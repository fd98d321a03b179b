"""Tree models: gain where a library tells it, impurity decrease otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..compat import booster_width
from .linear import scaled
from .reading import Reading

if TYPE_CHECKING:
    from .reading import Inputs


def impurity_decrease(model: Any, _inputs: Inputs | None, _read: Any) -> Reading:
    """Read scikit-learn's `feature_importances_`, which add up to 1."""
    values = np.asarray(model.feature_importances_, dtype=np.float64)
    return Reading(values, "impurity decrease")


def lightgbm_gain(model: Any, _inputs: Inputs | None, _read: Any) -> Reading:
    """Read the total gain of the splits on each column.

    The estimator's own `feature_importances_` counts splits by default, which favours columns
    with many values.
    """
    gain = model.booster_.feature_importance(importance_type="gain")
    return Reading(np.asarray(gain, dtype=np.float64), "total gain of the splits")


def xgboost_gain(model: Any, inputs: Inputs | None, _read: Any) -> Reading:
    """Read the total gain of the splits on each column; coefficients of the linear booster.

    XGBoost's `gain` is a mean over splits, which neither compares with LightGBM's nor adds up
    over the columns that one raw column became; `total_gain` does both.
    """
    if getattr(model, "booster", None) == "gblinear":
        return scaled(model.coef_, inputs)
    booster = model.get_booster()
    width = booster_width(booster)
    names = booster.feature_names or [f"f{i}" for i in range(width)]
    gain = booster.get_score(importance_type="total_gain")
    values = np.array([gain.get(name, 0.0) for name in names], dtype=np.float64)
    return Reading(values, "total gain of the splits")
