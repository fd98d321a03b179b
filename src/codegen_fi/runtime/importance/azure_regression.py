"""AutoML's metrics of regression, by the definitions of its documentation.

https://learn.microsoft.com/azure/machine-learning/how-to-understand-automated-ml
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Errors:
    """Truth and prediction.

    Attributes
    ----------
    truth, predicted : ndarray of float, (rows,)
    lowest, highest : float
        Of the whole target.
    weights : ndarray of float, (rows,) or None
    """

    truth: NDArray[np.float64]
    predicted: NDArray[np.float64]
    lowest: float
    highest: float
    weights: NDArray[np.float64] | None


def errors(
    model: Any,
    X: Any,
    y: Any,
    weights: Any,
    bounds: tuple[float, float] | None,
    name: str = "",
) -> Errors:
    """Ask a regressor for its predictions.

    Parameters
    ----------
    name : str
        The metric that is wanted.

    Raises
    ------
    ValueError
        Labels or predictions are no numbers.
    """
    truth = _numbers(np.asarray(y).ravel(), name, "label")
    lowest, highest = (truth.min(), truth.max()) if bounds is None else bounds
    return Errors(
        truth,
        _numbers(np.asarray(model.predict(X)).ravel(), name, "prediction"),
        float(lowest),
        float(highest),
        None if weights is None else np.asarray(weights, dtype=float),
    )


def _numbers(values: Any, name: str, what: str) -> NDArray[np.float64]:
    try:
        return np.asarray(values, dtype=float)
    except ValueError:
        raise ValueError(
            f"{name} is a score of numbers, and a {what} is {str(values[0])!r}"
        ) from None


def _mean_absolute(e: Errors) -> float:
    return float(np.average(np.abs(e.truth - e.predicted), weights=e.weights))


def _median_absolute(e: Errors) -> float:
    return float(np.median(np.abs(e.truth - e.predicted)))


def _percentage(e: Errors) -> float:
    """Average |error / truth| in percent over rows whose truth isn't 0."""
    used = e.truth != 0
    if not used.any():
        return float("nan")
    return float(100 * np.mean(np.abs((e.truth[used] - e.predicted[used]) / e.truth[used])))


def _root_mean_squared(e: Errors) -> float:
    return float(np.sqrt(np.average((e.truth - e.predicted) ** 2, weights=e.weights)))


def _root_mean_squared_log(e: Errors) -> float:
    if min(e.truth.min(), e.predicted.min()) < 0:
        return float("nan")
    squares = (np.log1p(e.truth) - np.log1p(e.predicted)) ** 2
    return float(np.sqrt(np.average(squares, weights=e.weights)))


def _r2(e: Errors) -> float:
    """Give R2, at worst -1; 0 for a single row."""
    from sklearn.metrics import r2_score

    if len(e.truth) == 1:
        return 0.0
    return max(-1.0, float(r2_score(e.truth, e.predicted, sample_weight=e.weights)))


def _explained_variance(e: Errors) -> float:
    from sklearn.metrics import explained_variance_score

    return float(explained_variance_score(e.truth, e.predicted, sample_weight=e.weights))


def _spearman(e: Errors) -> float:
    from scipy.stats import spearmanr

    if np.ptp(e.truth) == 0 or np.ptp(e.predicted) == 0:
        return -1.0
    found: Any = spearmanr(e.truth, e.predicted)
    return float(found[0])


def _normalized(measure: Callable[[Errors], float], logs: bool, e: Errors) -> float:
    """Divide by the range of the whole target; at most 1."""
    error = measure(e)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        ends = np.log1p([e.lowest, e.highest]) if logs else np.array([e.lowest, e.highest])
        width = abs(float(ends[1] - ends[0]))
    if np.isnan(error) or np.isnan(width):
        return float("nan")
    return float(error > 0) if width == 0 else min(1.0, error / width)


_ERRORS: dict[str, Callable[[Errors], float]] = {
    "mean_absolute_error": _mean_absolute,
    "median_absolute_error": _median_absolute,
    "root_mean_squared_error": _root_mean_squared,
    "root_mean_squared_log_error": _root_mean_squared_log,
}

METRICS: dict[str, Callable[[Errors], float]] = {
    "explained_variance": _explained_variance,
    "mean_absolute_percentage_error": _percentage,
    "r2_score": _r2,
    "spearman_correlation": _spearman,
    **_ERRORS,
    **{
        f"normalized_{name}": partial(_normalized, measure, name.endswith("log_error"))
        for name, measure in _ERRORS.items()
    },
}

WITHOUT_WEIGHTS = (
    "mean_absolute_percentage_error",
    "median_absolute_error",
    "normalized_median_absolute_error",
    "spearman_correlation",
)
"""Metrics that AutoML computes without sample weights."""

LOWER_IS_BETTER = tuple(name for name in METRICS if name.endswith("_error"))


def undefined(name: str, e: Errors) -> str:
    """Say why a metric is NaN; empty where the labels alone don't tell."""
    if name.endswith("log_error") and e.truth.min() < 0:
        return f"{name} is a score of labels from 0 on, and the lowest is {e.truth.min():.4g}"
    if name == "mean_absolute_percentage_error" and not e.truth.any():
        return f"{name} is a part of the label, and all labels are 0"
    return ""
