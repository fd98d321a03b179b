"""AutoML's scalar metrics of classification, on top of scikit-learn's.

Definitions: https://learn.microsoft.com/azure/machine-learning/how-to-understand-automated-ml
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics as sk

from ._outcome import Outcome

NAN = float("nan")
PAIR = 2


def accuracy(o: Outcome) -> float:
    """Share of rows predicted right."""
    return float(np.average(o.y == o.predicted, weights=o.weights))


def weighted_accuracy(o: Outcome) -> float:
    """Accuracy, each row weighing as much as its class has rows; sample weights don't count."""
    return float(np.average(o.y == o.predicted, weights=np.bincount(o.y)[o.y]))


def log_loss(o: Outcome) -> float:
    """Mean negative log of the true class's probability, clipped away from 0 and 1.

    With two classes the first one's probability is taken as what the second one leaves.
    """
    tiny = np.finfo(float).eps
    likelihood = _per_class(o)[np.arange(len(o.y)), o.y].clip(tiny, 1 - tiny)
    return float(np.average(-np.log(likelihood), weights=o.weights))


def matthews_correlation(o: Outcome) -> float:
    """Matthews' correlation of truth and prediction; 0 when both are one and the same class."""
    if len(np.union1d(o.y, o.predicted)) == 1:
        return 0.0
    return float(sk.matthews_corrcoef(o.y, o.predicted, sample_weight=o.weights))


def recall_macro(o: Outcome) -> float:
    """Mean recall over the classes in truth or prediction."""
    return _prediction(sk.recall_score, "macro", o)


def norm_macro_recall(o: Outcome) -> float:
    """Macro recall on a scale where 0 is chance and 1 perfect.

    Only the classes in the truth compete. When that is one class, the score is 1 if it is one of
    two and all rows are right, and 0 otherwise.
    """
    present = np.unique(o.y)
    if len(present) == 1:
        return float(len(o.names) == PAIR and (o.y == o.predicted).all())
    predicted = present[_per_class(o)[:, present].argmax(axis=1)]
    recalls = _per_label(sk.recall_score, o.y, predicted, present, o.weights)
    chance = 1 / len(present)
    return float(max(0.0, (np.mean(recalls) - chance) / (1 - chance)))


def _per_class(o: Outcome) -> NDArray[np.float64]:
    """Give probabilities, (n, classes); a binary one's first column is what the second leaves."""
    _, scores = o.ranked
    return np.hstack([1 - scores, scores]) if scores.shape[1] == 1 else scores


def positive_rank(measure: Callable[..., Any], o: Outcome) -> float:
    """Rank by the positive class: AUC or average precision; NaN when there is none."""
    if o.positive is None:
        return NAN
    truth, scores = o.indicator[:, o.positive], o.probabilities[:, o.positive]
    return _ranked(measure, truth, scores, o.weights)


def rank(measure: Callable[..., Any], average: str, o: Outcome) -> float:
    """Average a metric of ranking over the classes in the truth; of two columns, over both.

    A single class in the truth leaves nothing to rank for an AUC: NaN. Only the micro average of a
    column for each class can tell how far that class is above the others.
    """
    truth, scores = o.ranked
    one_class = measure is sk.roc_auc_score and len(np.unique(o.y)) == 1
    if one_class and (o.one_column or average != "micro"):
        return NAN
    if average == "micro":
        weights = None if o.weights is None else np.repeat(o.weights, truth.shape[1])
        return _ranked(measure, truth.ravel(), scores.ravel(), weights)
    present = truth.any(axis=0) | (truth.shape[1] == PAIR)
    if not present.any():
        return 0.0
    values = [
        _ranked(measure, truth[:, k], scores[:, k], o.weights) for k in np.flatnonzero(present)
    ]
    shares = np.average(truth[:, present], axis=0, weights=o.weights)
    return float(np.average(values, weights=shares if average == "weighted" else None))


def rank_classwise(measure: Callable[..., Any], o: Outcome) -> dict[str, float] | None:
    """Give a metric of ranking per class; None when an AUC has a single class to look at."""
    truth, scores = o.ranked
    if measure is sk.roc_auc_score and len(np.unique(o.y)) == 1:
        return None
    columns = range(truth.shape[1])
    return {o.names[k]: _ranked(measure, truth[:, k], scores[:, k], o.weights) for k in columns}


def _ranked(
    measure: Callable[..., Any],
    truth: NDArray[np.int_],
    scores: NDArray[np.float64],
    weights: NDArray[np.float64] | None,
) -> float:
    """Measure one column: NaN (AUC) or 0 (average precision) where the class is absent."""
    if measure is sk.roc_auc_score and truth.min() == truth.max():
        return NAN
    if not truth.any():
        return 0.0
    return float(measure(truth, scores, sample_weight=weights))


def _prediction(measure: Callable[..., Any], average: str, o: Outcome) -> float:
    return float(
        measure(o.y, o.predicted, average=average, sample_weight=o.weights, zero_division=0)
    )


def _per_label(
    measure: Callable[..., Any],
    truth: NDArray[np.intp],
    predicted: NDArray[np.intp],
    labels: NDArray[np.intp],
    weights: NDArray[np.float64] | None,
) -> NDArray[np.float64]:
    return np.asarray(
        measure(
            truth, predicted, labels=labels, average=None, sample_weight=weights, zero_division=0
        )
    )


def prediction_classwise(measure: Callable[..., Any], o: Outcome) -> dict[str, float]:
    """Give a metric of prediction for each class in truth or prediction."""
    present = np.union1d(o.y, o.predicted)
    values = _per_label(measure, o.y, o.predicted, present, o.weights)
    return {o.names[k]: float(value) for k, value in zip(present, values, strict=True)}


def positive_prediction(measure: Callable[..., Any], o: Outcome) -> float:
    """Measure the prediction of the positive class; NaN when there is none."""
    if o.positive is None:
        return NAN
    truth, predicted = o.y == o.positive, o.predicted == o.positive
    return float(measure(truth, predicted, sample_weight=o.weights, zero_division=0))


def undefined(_: Outcome) -> float:
    """Say that the metric exists for several labels per row only."""
    return NAN


_AVERAGES = ("macro", "micro", "weighted")
_RANKS = {"AUC": sk.roc_auc_score, "average_precision_score": sk.average_precision_score}
_PREDICTIONS = {
    "f1_score": sk.f1_score,
    "precision_score": sk.precision_score,
    "recall_score": sk.recall_score,
    "iou": sk.jaccard_score,
}

SCALARS: dict[str, Callable[[Outcome], float]] = {
    "accuracy": accuracy,
    "balanced_accuracy": recall_macro,
    "iou": undefined,
    "log_loss": log_loss,
    "matthews_correlation": matthews_correlation,
    "norm_macro_recall": norm_macro_recall,
    "weighted_accuracy": weighted_accuracy,
    **{f"{name}_{a}": partial(rank, f, a) for name, f in _RANKS.items() for a in _AVERAGES},
    **{f"{name}_binary": partial(positive_rank, f) for name, f in _RANKS.items()},
    **{
        f"{name}_{a}": partial(_prediction, f, a)
        for name, f in _PREDICTIONS.items()
        for a in _AVERAGES
    },
    **{
        f"{name}_binary": partial(positive_prediction, f)
        for name, f in _PREDICTIONS.items()
        if name != "iou"
    },
}

CLASSWISE: dict[str, Callable[[Outcome], dict[str, float] | None]] = {
    **{f"{name}_classwise": partial(rank_classwise, f) for name, f in _RANKS.items()},
    **{f"{name}_classwise": partial(prediction_classwise, f) for name, f in _PREDICTIONS.items()},
}
