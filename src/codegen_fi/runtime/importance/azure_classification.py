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
    """

    truth: NDArray[np.intp]
    predicted: NDArray[np.intp]
    probabilities: NDArray[np.float64]
    weights: NDArray[np.float64] | None


def judged(model: Any, X: Any, y: Any, weights: Any) -> Judged:
    """Ask a classifier for its probabilities and lay the labels out."""
    probabilities = np.asarray(model.predict_proba(X), dtype=float)
    classes, truth = np.asarray(model.classes_), np.asarray(y).ravel()
    labels = np.union1d(classes, truth)
    spread = np.zeros((len(truth), len(labels)))
    spread[:, np.searchsorted(labels, classes)] = probabilities
    return Judged(
        np.searchsorted(labels, truth),
        np.searchsorted(labels, classes[probabilities.argmax(axis=1)]),
        spread,
        None if weights is None else np.asarray(weights, dtype=float),
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
        return float((j.truth == j.predicted).all())
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

    found = getattr(metrics, measure)(
        j.truth, j.predicted, average=average, sample_weight=j.weights, zero_division=0
    )
    return float(found)


def _ranked(measure: str, average: str, j: Judged) -> float:
    """Average over the classes in the truth; micro ranks all of their cells together."""
    from sklearn import metrics

    rank = getattr(metrics, measure)
    if measure == "roc_auc_score" and len(np.unique(j.truth)) == 1:
        return float("nan")
    truth = (j.truth[:, None] == np.arange(j.probabilities.shape[1])).astype(int)
    if average == "micro":
        weights = None if j.weights is None else np.repeat(j.weights, truth.shape[1])
        return float(rank(truth.ravel(), j.probabilities.ravel(), sample_weight=weights))
    present = np.flatnonzero(truth.any(axis=0))
    values = [
        float(rank(truth[:, k], j.probabilities[:, k], sample_weight=j.weights)) for k in present
    ]
    shares = np.average(truth[:, present], axis=0, weights=j.weights)
    return float(np.average(values, weights=shares if average == "weighted" else None))


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
}

LOWER_IS_BETTER = ("log_loss",)
