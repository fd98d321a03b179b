"""Every metric on rows few enough to work it out by hand from its definition."""

import math

import numpy as np
import pytest

from codegen_fi.runtime.automl.score._classification import CLASSWISE
from codegen_fi.runtime.automl.score._classification import SCALARS as CLASSIFICATION
from codegen_fi.runtime.automl.score._regression import SCALARS as REGRESSION
from codegen_fi.runtime.automl.score.scoring import score_classification, score_regression

NAN = math.nan
AVERAGES = ("macro", "micro", "weighted")


def averages(name, *values):
    return {f"{name}_{average}": value for average, value in zip(AVERAGES, values, strict=True)}


# The second row of b is taken for a, and ranks below the first row of a.
TWO = ["a", "b", "b", "a", "b"]
OF_B = np.array([0.45, 0.8, 0.4, 0.3, 0.9])
BY_HAND_TWO = {
    "accuracy": 4 / 5,
    # Rows weigh as much as their class has rows: 2 for a, 3 for b.
    "weighted_accuracy": 10 / 13,
    "balanced_accuracy": 5 / 6,
    "norm_macro_recall": (5 / 6 - 1 / 2) / (1 / 2),
    "log_loss": -np.log([0.55, 0.8, 0.4, 0.7, 0.9]).mean(),
    # 2 right of b, 2 right of a, 1 missed: (2 * 2 - 0 * 1) / sqrt(2 * 3 * 2 * 3).
    "matthews_correlation": 4 / 6,
    **averages("recall_score", 5 / 6, 4 / 5, 4 / 5),
    **averages("precision_score", 5 / 6, 4 / 5, 13 / 15),
    **averages("f1_score", 4 / 5, 4 / 5, 4 / 5),
    **averages("iou", 2 / 3, 2 / 3, 2 / 3),
    # Of six pairs one is in the wrong order; b is found at places 1, 2 and 4.
    **averages("AUC", 5 / 6, 5 / 6, 5 / 6),
    **averages("average_precision_score", 11 / 12, 11 / 12, 11 / 12),
    "AUC_binary": 5 / 6,
    "average_precision_score_binary": 11 / 12,
    "recall_score_binary": 2 / 3,
    "precision_score_binary": 1,
    "f1_score_binary": 4 / 5,
    "iou": NAN,
}

# Taken for a, b, b and a.
THREE = ["a", "a", "b", "c"]
OF_THREE = np.array([[0.6, 0.3, 0.1], [0.2, 0.5, 0.3], [0.3, 0.4, 0.3], [0.5, 0.1, 0.4]])
PER_CLASS = {
    "recall_score_classwise": {"a": 1 / 2, "b": 1, "c": 0},
    "precision_score_classwise": {"a": 1 / 2, "b": 1 / 2, "c": 0},
    "f1_score_classwise": {"a": 1 / 2, "b": 2 / 3, "c": 0},
    "iou_classwise": {"a": 1 / 3, "b": 1 / 2, "c": 0},
    "AUC_classwise": {"a": 1 / 2, "b": 2 / 3, "c": 1},
    # a at places 1 and 4, b at 2, c at 1.
    "average_precision_score_classwise": {"a": 3 / 4, "b": 1 / 2, "c": 1},
}
BY_HAND_THREE = {
    "accuracy": 1 / 2,
    "weighted_accuracy": 3 / 6,
    "balanced_accuracy": 1 / 2,
    "norm_macro_recall": (1 / 2 - 1 / 3) / (2 / 3),
    "log_loss": -np.log([0.6, 0.2, 0.4, 0.4]).mean(),
    # (2 * 4 - 6) / sqrt((16 - 8) * (16 - 6)).
    "matthews_correlation": 2 / math.sqrt(80),
    **averages("recall_score", 1 / 2, 1 / 2, 1 / 2),
    **averages("precision_score", 1 / 3, 1 / 2, 3 / 8),
    **averages("f1_score", 7 / 18, 1 / 2, 5 / 12),
    **averages("iou", 5 / 18, 1 / 3, 7 / 24),
    # All cells in one column: 4 of them are to be found among 12, above 22 of 32 pairs.
    **averages("AUC", 13 / 18, 22 / 32, 2 / 3),
    **averages("average_precision_score", 3 / 4, 1 / 4 + 2 / 4 * 3 / 5 + 1 / 4 * 4 / 10, 3 / 4),
    **{f"{name}_binary": NAN for name in ("AUC", "average_precision_score")},
    **{f"{name}_score_binary": NAN for name in ("recall", "precision", "f1")},
    "iou": NAN,
}

Y, PREDICTED = [1.0, 2, 3, 6], [1.0, 3, 2, 10]
ROOT_OF_LOGS = math.sqrt((2 * math.log(4 / 3) ** 2 + math.log(11 / 7) ** 2) / 4)
# Of a target that goes from 1 to 11.
BY_HAND_NUMBERS = {
    "mean_absolute_error": 6 / 4,
    "median_absolute_error": 1,
    "root_mean_squared_error": math.sqrt(18 / 4),
    "root_mean_squared_log_error": ROOT_OF_LOGS,
    "mean_absolute_percentage_error": 100 * (1 / 2 + 1 / 3 + 4 / 6) / 4,
    "r2_score": 1 - 18 / 14,
    # Errors of 0, -1, 1 and -4 vary as much as 1, 2, 3 and 6.
    "explained_variance": 0,
    "spearman_correlation": 1 - 6 * 2 / (4 * 15),
    "normalized_mean_absolute_error": 0.15,
    "normalized_median_absolute_error": 0.1,
    "normalized_root_mean_squared_error": math.sqrt(18 / 4) / 10,
    "normalized_root_mean_squared_log_error": ROOT_OF_LOGS / math.log(12 / 2),
}


def scored(y, probabilities, labels, metrics, weights=None):
    labels = np.array(labels)
    return score_classification(
        np.array(y), probabilities, sorted(metrics), labels, labels, weights, use_binary=True
    )


def test_every_metric_is_worked_out():
    assert set(BY_HAND_TWO) == set(BY_HAND_THREE) == set(CLASSIFICATION)
    assert set(PER_CLASS) == set(CLASSWISE)
    assert set(BY_HAND_NUMBERS) == set(REGRESSION)


def test_two_classes():
    found = scored(TWO, np.column_stack([1 - OF_B, OF_B]), ["a", "b"], BY_HAND_TWO)
    assert found == pytest.approx(BY_HAND_TWO, nan_ok=True)


def test_three_classes():
    found = scored(THREE, OF_THREE, ["a", "b", "c"], BY_HAND_THREE)
    assert found == pytest.approx(BY_HAND_THREE, nan_ok=True)


@pytest.mark.parametrize("metric", PER_CLASS)
def test_each_class(metric):
    found = scored(THREE, OF_THREE, ["a", "b", "c"], [metric])[metric]
    assert found == pytest.approx(PER_CLASS[metric])


def test_who_was_taken_for_whom():
    found = scored(THREE, OF_THREE, ["a", "b", "c"], ["confusion_matrix"])["confusion_matrix"]
    assert found["data"]["class_labels"] == ["a", "b", "c"]
    assert found["data"]["matrix"] == [[1, 1, 0], [0, 1, 0], [1, 0, 0]]


def test_whole_weights_are_rows_met_as_often():
    times = np.array([3, 1, 2, 1])
    # It has weights of its own.
    metrics = set(BY_HAND_THREE) - {"weighted_accuracy"}
    weighted = scored(THREE, OF_THREE, ["a", "b", "c"], metrics, times.astype(float))
    repeated = scored(
        np.repeat(THREE, times), np.repeat(OF_THREE, times, axis=0), ["a", "b", "c"], metrics
    )
    assert weighted == pytest.approx(dict(repeated), nan_ok=True)


def test_numbers():
    found = score_regression(Y, PREDICTED, sorted(REGRESSION), y_max=11, y_min=1, y_std=1)
    assert found == pytest.approx(BY_HAND_NUMBERS, abs=1e-12)


@pytest.mark.parametrize(
    ("y", "predicted", "expected"),
    [
        ([1, 2, 3], [30, 20, 10], {"r2_score": -1, "spearman_correlation": -1}),
        ([1, 2, 3], [2, 2, 2], {"r2_score": 0, "spearman_correlation": -1}),
        ([5], [6], {"r2_score": 0, "mean_absolute_error": 1, "spearman_correlation": -1}),
        ([0, 2], [5, 1], {"mean_absolute_percentage_error": 50}),
        ([0, 0], [1, 1], {"mean_absolute_percentage_error": NAN}),
        ([1, -1], [1, 1], {"root_mean_squared_log_error": NAN, "mean_absolute_error": 1}),
        ([1, 1], [1, -1], {"normalized_root_mean_squared_log_error": NAN}),
        ([1, 2], [99, 99], {"normalized_mean_absolute_error": 1}),
    ],
)
def test_numbers_at_the_edges(y, predicted, expected):
    found = score_regression(y, predicted, sorted(expected), y_max=11, y_min=1, y_std=1)
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("predicted", "expected"), [([3, 3], 0), ([3, 4], 1)])
def test_a_target_of_one_number_has_no_range(predicted, expected):
    metric = "normalized_root_mean_squared_error"
    assert score_regression([3, 3], predicted, [metric], y_max=3, y_min=3, y_std=0) == {
        metric: expected
    }
