"""The tables Azure ML draws for a classifier: confusion matrix, report, accuracy by threshold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import metrics as sk

from ._outcome import Outcome
from ._report import document

_THRESHOLDS = 100
_AVERAGES = ("micro", "macro", "weighted")


def confusion_matrix(o: Outcome) -> dict[str, Any]:
    """Count rows (or weights) by true class, down, and predicted class, across."""
    counts = sk.confusion_matrix(
        o.y, o.predicted, labels=range(len(o.names)), sample_weight=o.weights
    )
    return document("confusion_matrix", {"class_labels": o.names, "matrix": counts.tolist()})


def classification_report(o: Outcome) -> dict[str, Any]:
    """Give precision, recall, F1 and support per class, then their averages."""
    every = list(range(len(o.names)))

    measure: Any = sk.precision_recall_fscore_support

    def measured(average: str | None) -> Any:
        return measure(
            o.y,
            o.predicted,
            labels=every,
            average=average,
            sample_weight=o.weights,
            zero_division=0,
        )

    per_class = np.column_stack(measured(None)).astype(float)
    total = per_class[:, 3].sum()
    averages = [[*map(float, measured(average)[:3]), float(total)] for average in _AVERAGES]
    data = {
        "class_labels": o.names,
        "matrix": per_class.tolist() + averages,
        "average": [f"{average} avg" for average in _AVERAGES],
    }
    return document("classification_report", data)


def accuracy_table(o: Outcome) -> dict[str, Any]:
    """Count hits and misses of each class against the rest, at 100 thresholds, twice.

    Once at evenly spaced probabilities, once at evenly spaced percentiles of all probabilities. A
    row of a table is [true positives, false positives, true negatives, false negatives]. The table
    of a class without a row in the truth is all zeros.
    """
    by_value = np.linspace(0, 1, _THRESHOLDS)
    by_rank = np.percentile(o.probabilities, np.linspace(0, 100, _THRESHOLDS))
    data = {
        "class_labels": o.names,
        "probability_tables": [_counts(o, k, by_value) for k in range(len(o.names))],
        "percentile_tables": [_counts(o, k, by_rank) for k in range(len(o.names))],
        "probability_thresholds": by_value.tolist(),
        "percentile_thresholds": by_rank.tolist(),
    }
    return document("accuracy_table", data, "1.0.1")


def _counts(o: Outcome, k: int, thresholds: NDArray[np.float64]) -> list[list[int]]:
    truth, scores = o.y == k, o.probabilities[:, k]
    if not truth.any():
        return [[0, 0, 0, 0]] * len(thresholds)
    hits = _at_least(np.sort(scores[truth]), thresholds)
    alarms = _at_least(np.sort(scores[~truth]), thresholds)
    n_true, n_false = int(truth.sum()), int((~truth).sum())
    table: list[list[int]] = np.column_stack(
        [hits, alarms, n_false - alarms, n_true - hits]
    ).tolist()
    return table


def _at_least(ordered: NDArray[np.float64], thresholds: NDArray[np.float64]) -> NDArray[np.intp]:
    return len(ordered) - np.searchsorted(ordered, thresholds, side="left")


TABLES: dict[str, Callable[[Outcome], dict[str, Any]]] = {
    "accuracy_table": accuracy_table,
    "classification_report": classification_report,
    "confusion_matrix": confusion_matrix,
}
