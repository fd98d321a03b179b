"""AutoML's metrics of classification, by the definitions of its documentation.

https://learn.microsoft.com/azure/machine-learning/how-to-understand-automated-ml
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_TWO = 2


@dataclass(frozen=True)
class Judged:
    """Truth and prediction.

    Attributes
    ----------
    truth, predicted : ndarray of int, (rows,)
        Places among the sorted labels.
    probabilities : ndarray of float, (rows, labels)
        Zero for labels the model doesn't know; the largest one is the prediction.
    weights : ndarray of float, (rows,) or None
    positive : int or None
        The class that metrics of two classes look at: the second label of a model that knows two.
    """

    truth: NDArray[np.intp]
    predicted: NDArray[np.intp]
    probabilities: NDArray[np.float64]
    weights: NDArray[np.float64] | None
    positive: int | None = None


def judged(model: Any, X: Any, y: Any, weights: Any, name: str = "") -> Judged:
    """Ask a classifier for its probabilities and lay the labels out.

    Parameters
    ----------
    model : fitted classifier
        One without probabilities predicts, which is enough for the metrics of predictions.
    name : str
        The metric that is wanted.

    Raises
    ------
    ValueError
        Without classes, or without probabilities where the metric needs them.
    """
    if getattr(model, "classes_", None) is None:
        raise ValueError(f"{name} is a score of classes, and the model has none")
    classes, truth = np.asarray(model.classes_), np.asarray(y).ravel()
    if hasattr(model, "predict_proba"):
        probabilities = np.asarray(model.predict_proba(X), dtype=float)
    elif name in NEED_PROBABILITIES:
        raise ValueError(
            f"{name} needs the probabilities of the classes, which the model doesn't give; "
            "choose a score of predictions, such as accuracy or norm_macro_recall"
        )
    else:
        probabilities = (np.asarray(model.predict(X)).ravel()[:, None] == classes).astype(float)
    labels = np.union1d(classes, truth)
    spread = np.zeros((len(truth), len(labels)))
    spread[:, np.searchsorted(labels, classes)] = probabilities
    return Judged(
        np.searchsorted(labels, truth),
        np.searchsorted(labels, classes[probabilities.argmax(axis=1)]),
        spread,
        None if weights is None else np.asarray(weights, dtype=float),
        1 if len(classes) == _TWO else None,
    )


def _accuracy(j: Judged) -> float:
    return float(np.average(j.truth == j.predicted, weights=j.weights))


def _weighted_accuracy(j: Judged) -> float:
    """Weigh each row by the size of its class."""
    return float(np.average(j.truth == j.predicted, weights=np.bincount(j.truth)[j.truth]))


def _log_loss(j: Judged) -> float:
    tiny = np.finfo(float).eps
    likelihood = j.probabilities[np.arange(len(j.truth)), j.truth].clip(tiny, 1 - tiny)
    return float(np.average(-np.log(likelihood), weights=j.weights))


def _matthews(j: Judged) -> float:
    from sklearn.metrics import matthews_corrcoef

    if len(np.union1d(j.truth, j.predicted)) == 1:
        return 0.0
    return float(matthews_corrcoef(j.truth, j.predicted, sample_weight=j.weights))


def _norm_macro_recall(j: Judged) -> float:
    """(recall_macro - R) / (1 - R), R = 1 / classes in the truth, which alone compete."""
    from sklearn.metrics import recall_score

    present = np.unique(j.truth)
    if len(present) == 1:
        of_two = j.probabilities.shape[1] == _TWO
        return float(of_two and (j.truth == j.predicted).all())
    predicted = present[j.probabilities[:, present].argmax(axis=1)]
    recalls = recall_score(
        j.truth,
        predicted,
        labels=present,
        average=None,  # pyright: ignore[reportArgumentType]
        sample_weight=j.weights,
        zero_division=0,  # pyright: ignore[reportArgumentType]
    )
    chance = 1 / len(present)
    return float(max(0.0, (np.mean(recalls) - chance) / (1 - chance)))


def _predicted(measure: str, average: str, j: Judged) -> float:
    from sklearn import metrics

    # scikit-learn 0.22 has no choice there for this one, and gives 0.
    absent = {} if measure == "jaccard_score" else {"zero_division": 0}
    found = getattr(metrics, measure)(
        j.truth, j.predicted, average=average, sample_weight=j.weights, **absent
    )
    return float(found)


def _ranked(measure: str, average: str, j: Judged) -> float:
    """Average over the classes in the truth, of two over both; micro ranks all cells together."""
    labels = j.probabilities.shape[1]
    truth = j.truth[:, None] == np.arange(labels)
    if average == "micro":
        weights = None if j.weights is None else np.repeat(j.weights, labels)
        return _rank(measure, truth.ravel(), j.probabilities.ravel(), weights)
    shares = np.average(truth, axis=0, weights=j.weights)
    counted = shares > 0 if average == "weighted" else truth.any(axis=0) | (labels == _TWO)
    values = [
        _rank(measure, truth[:, k], j.probabilities[:, k], j.weights)
        for k in np.flatnonzero(counted)
    ]
    return float(np.average(values, weights=shares[counted] if average == "weighted" else None))


def _rank(measure: str, truth: Any, scores: Any, weights: Any) -> float:
    """Rank one column; without a row of either kind that counts there is no AUC."""
    from sklearn import metrics

    counted = truth if weights is None else truth[weights > 0]
    if not counted.any():
        return float("nan") if measure == "roc_auc_score" else 0.0
    if counted.all():
        return float("nan") if measure == "roc_auc_score" else 1.0
    return float(getattr(metrics, measure)(truth, scores, sample_weight=weights))


def _positive_predicted(measure: str, j: Judged) -> float:
    """Look at the prediction of the positive class; NaN when there is none."""
    from sklearn import metrics

    if j.positive is None:
        return float("nan")
    truth, predicted = j.truth == j.positive, j.predicted == j.positive
    found = getattr(metrics, measure)(truth, predicted, sample_weight=j.weights, zero_division=0)
    return float(found)


def _positive_ranked(measure: str, j: Judged) -> float:
    """Rank by the probability of the positive class; NaN when there is none."""
    if j.positive is None:
        return float("nan")
    return _rank(measure, j.truth == j.positive, j.probabilities[:, j.positive], j.weights)


_AVERAGES = ("macro", "micro", "weighted")
_RANKS = {"auc": "roc_auc_score", "average_precision_score": "average_precision_score"}
_PREDICTIONS = {
    "f1_score": "f1_score",
    "iou": "jaccard_score",
    "precision_score": "precision_score",
    "recall_score": "recall_score",
}

METRICS: dict[str, Callable[[Judged], float]] = {
    "accuracy": _accuracy,
    "balanced_accuracy": partial(_predicted, "recall_score", "macro"),
    "log_loss": _log_loss,
    "matthews_correlation": _matthews,
    "norm_macro_recall": _norm_macro_recall,
    "weighted_accuracy": _weighted_accuracy,
    **{f"{name}_{a}": partial(_ranked, f, a) for name, f in _RANKS.items() for a in _AVERAGES},
    **{
        f"{name}_{a}": partial(_predicted, f, a)
        for name, f in _PREDICTIONS.items()
        for a in _AVERAGES
    },
    **{f"{name}_binary": partial(_positive_ranked, f) for name, f in _RANKS.items()},
    **{
        f"{name}_binary": partial(_positive_predicted, f)
        for name, f in _PREDICTIONS.items()
        if name != "iou"
    },
}

WITHOUT_WEIGHTS = ("weighted_accuracy",)
"""Metrics that AutoML computes without sample weights; here the sizes of the classes count."""

LOWER_IS_BETTER = ("log_loss",)

NEED_PROBABILITIES = (
    "log_loss",
    *(name for name in METRICS if name.startswith(tuple(f"{rank}_" for rank in _RANKS))),
)
"""Metrics that rank or weigh rows by the probabilities of their classes."""


def undefined(name: str, j: Judged) -> str:
    """Say why a metric is NaN; empty where the labels alone don't tell."""
    labels = j.probabilities.shape[1]
    if name.endswith("_binary") and j.positive is None:
        return f"{name} is a score of two classes, and there are {labels}"
    if name.startswith("auc_") and len(np.unique(j.truth)) == 1:
        return f"{name} ranks rows of different classes, and all scored rows are of one"
    return ""
