"""AutoML's scalar metrics of regression, on top of scikit-learn's.

Definitions: https://learn.microsoft.com/azure/machine-learning/how-to-understand-automated-ml
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics as sk

NAN = float("nan")


@dataclass(frozen=True)
class Residuals:
    """What every regression metric reads.

    Attributes
    ----------
    y, predicted : ndarray of float, (n,)
    y_min, y_max, y_std : float
        Of the whole target, in its own unit.
    weights : ndarray of float, (n,) or None
    bins : dict or None
        From ``make_dataset_bins``.
    """

    y: NDArray[np.float64]
    predicted: NDArray[np.float64]
    y_min: float
    y_max: float
    y_std: float
    weights: NDArray[np.float64] | None
    bins: dict[str, Any] | None


def explained_variance(r: Residuals) -> float:
    """Share of the variance that the predictions explain."""
    return float(sk.explained_variance_score(r.y, r.predicted, sample_weight=r.weights))


def r2(r: Residuals) -> float:
    """Coefficient of determination, at worst -1; 0 for a single row."""
    if len(r.y) == 1:
        return 0.0
    return max(-1.0, float(sk.r2_score(r.y, r.predicted, sample_weight=r.weights)))


def spearman(r: Residuals) -> float:
    """Rank correlation, -1 where one side is constant; sample weights don't count."""
    from scipy.stats import spearmanr

    if np.ptp(r.y) == 0 or np.ptp(r.predicted) == 0:
        return -1.0
    found: Any = spearmanr(r.y, r.predicted)
    return float(found[0])


def mean_absolute_error(r: Residuals) -> float:
    """Mean of |error|."""
    return float(sk.mean_absolute_error(r.y, r.predicted, sample_weight=r.weights))


def median_absolute_error(r: Residuals) -> float:
    """Median of |error|; sample weights don't count."""
    return float(sk.median_absolute_error(r.y, r.predicted))


def mean_absolute_percentage_error(r: Residuals) -> float:
    """Mean of |error / truth| in percent over rows whose truth isn't 0, unweighted."""
    used = r.y != 0
    if not used.any():
        return NAN
    return float(100 * np.mean(np.abs((r.y[used] - r.predicted[used]) / r.y[used])))


def root_mean_squared_error(r: Residuals) -> float:
    """Root of the mean squared error."""
    return float(np.sqrt(sk.mean_squared_error(r.y, r.predicted, sample_weight=r.weights)))


def root_mean_squared_log_error(r: Residuals) -> float:
    """Root of the mean squared error of log(1 + value); NaN as soon as a value is negative."""
    if min(r.y.min(), r.predicted.min()) < 0:
        return NAN
    squares = sk.mean_squared_log_error(r.y, r.predicted, sample_weight=r.weights)
    return float(np.sqrt(squares))


def normalized(
    measure: Callable[[Residuals], float],
    scale: Callable[[float], Any],
    r: Residuals,
) -> float:
    """Divide an error by the range of the target, at most 1.

    A target without a range gives 0 for perfect predictions and 1 otherwise.
    """
    error = measure(r)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        width = abs(float(scale(r.y_max)) - float(scale(r.y_min)))
    if np.isnan(error) or np.isnan(width):
        return NAN
    if width == 0:
        return float(error > 0)
    return min(1.0, error / width)


def _same(value: float) -> float:
    return value


_ERRORS: dict[str, tuple[Callable[[Residuals], float], Callable[[float], Any]]] = {
    "mean_absolute_error": (mean_absolute_error, _same),
    "median_absolute_error": (median_absolute_error, _same),
    "root_mean_squared_error": (root_mean_squared_error, _same),
    "root_mean_squared_log_error": (root_mean_squared_log_error, np.log1p),
}

SCALARS: dict[str, Callable[[Residuals], float]] = {
    "explained_variance": explained_variance,
    "mean_absolute_percentage_error": mean_absolute_percentage_error,
    "r2_score": r2,
    "spearman_correlation": spearman,
    **{name: measure for name, (measure, _) in _ERRORS.items()},
    **{f"normalized_{name}": partial(normalized, *how) for name, how in _ERRORS.items()},
}
WEIGHTLESS = frozenset(
    {
        "mean_absolute_percentage_error",
        "median_absolute_error",
        "normalized_median_absolute_error",
        "spearman_correlation",
    }
)
