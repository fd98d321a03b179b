"""Metrics a user reads: what is printed, what is refused, what is NaN and why."""

import json
import logging
import math
import pickle

import numpy as np
import pytest

from codegen_fi.runtime.automl.score.scoring import (
    aggregate_scores,
    score_classification,
    score_regression,
)
from codegen_fi.runtime.errors import DataError

Y = np.array([0, 1, 1, 0, 1])
P = np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4], [0.7, 0.3], [0.1, 0.9]])
BOTH = np.array([0, 1])
LOGGER = "azureml.training.tabular"


def test_closed_forms_of_a_classifier_with_one_mistake():
    scores = score_classification(
        Y,
        P,
        ["accuracy", "AUC_weighted", "norm_macro_recall", "weighted_accuracy", "log_loss"],
        BOTH,
        BOTH,
        use_binary=True,
    )
    assert scores == {
        "accuracy": 0.8,
        "AUC_weighted": 1.0,
        "norm_macro_recall": pytest.approx((5 / 6 - 0.5) / 0.5),
        "weighted_accuracy": pytest.approx((2 * 2 + 3 * 2) / (4 + 9)),
        "log_loss": pytest.approx(-np.log([0.9, 0.8, 0.4, 0.7, 0.9]).mean()),
    }


def test_closed_forms_of_a_regressor():
    scores = score_regression(
        [1.0, 2, 3],
        [1.0, 2, 5],
        ["root_mean_squared_error", "normalized_mean_absolute_error", "r2_score"],
        y_max=11,
        y_min=1,
        y_std=1,
    )
    assert scores == {
        "root_mean_squared_error": pytest.approx(math.sqrt(4 / 3)),
        "normalized_mean_absolute_error": pytest.approx(2 / 3 / 10),
        "r2_score": -1,
    }


def test_a_print_is_a_table_of_scalars_and_a_line_of_the_rest():
    scores = score_classification(
        Y, P, ["confusion_matrix", "accuracy", "AUC_binary", "AUC_classwise"], BOTH, BOTH
    )
    assert str(scores).splitlines() == [
        "AUC_binary        1.0000",
        "accuracy          0.8000",
        "also computed: AUC_classwise, confusion_matrix",
    ]
    assert repr(scores) == str(scores)
    assert str(aggregate_scores([])) == ""


def test_the_metrics_are_a_dict_that_can_be_stored():
    scores = score_regression([1.0, 2], [1.0, 3], ["r2_score", "residuals"])
    assert isinstance(scores, dict)
    assert json.loads(json.dumps(scores)) == scores
    copy = pickle.loads(pickle.dumps(scores))
    assert (copy, str(copy)) == (scores, str(scores))


def test_weights_of_another_length_give_nan_and_one_warning(caplog):
    wanted = ["r2_score", "root_mean_squared_error", "median_absolute_error", "residuals"]
    with caplog.at_level(logging.WARNING, LOGGER):
        scores = score_regression([1.0, 2], [1.0, 3], wanted, sample_weight=np.ones(7))
    assert math.isnan(scores["r2_score"])
    assert math.isnan(scores["root_mean_squared_error"])
    assert scores["median_absolute_error"] == 0.5
    assert scores["residuals"]["data"]["res_count"] == 2
    assert len(caplog.records) == 1
    assert "7 weights for 2 rows" in caplog.text


def test_a_classifier_with_weights_of_another_length_is_no_reason_to_stop(caplog):
    wanted = ["accuracy", "weighted_accuracy", "confusion_matrix", "accuracy_table"]
    with caplog.at_level(logging.WARNING, LOGGER):
        scores = score_classification(Y, P, wanted, BOTH, BOTH, sample_weight=np.ones(9))
    assert math.isnan(scores["accuracy"])
    assert scores["weighted_accuracy"] == pytest.approx(10 / 13)
    assert list(scores["confusion_matrix"]) == ["errors"]
    assert "data" in scores["accuracy_table"]
    assert len(caplog.records) == 1


def test_values_per_class_carry_the_right_names_when_a_class_is_missing():
    scores = score_classification(
        np.array(["a", "c"]),
        np.array([[0.9, 0.1], [0.2, 0.8]]),
        ["recall_score_classwise", "accuracy_table"],
        np.array(["a", "b", "c"]),
        np.array(["a", "c"]),
    )
    assert scores["recall_score_classwise"] == {"a": 1, "c": 1}
    tables = scores["accuracy_table"]["data"]["probability_tables"]
    assert [table[0] for table in tables] == [[1, 1, 0, 0], [0, 0, 0, 0], [1, 1, 0, 0]]
    assert [table[50] for table in tables] == [[1, 0, 1, 0], [0, 0, 0, 0], [1, 0, 1, 0]]


@pytest.mark.parametrize(
    ("labels", "use_binary", "expected"),
    [
        # The second class is above the first in 3 of 4 pairs of cells; half of the classes is met.
        (2, False, {"AUC_micro": 0.75, "average_precision_score_macro": 0.5}),
        (2, True, {"AUC_micro": math.nan, "average_precision_score_macro": 1}),
        (3, True, {"AUC_micro": math.nan, "average_precision_score_macro": 1}),
    ],
)
def test_rows_of_one_class(labels, use_binary, expected):
    probabilities = np.array([[0.1, 0.9], [0.6, 0.4]])
    found = score_classification(
        [1, 1],
        np.hstack([probabilities, np.zeros((2, labels - 2))]),
        sorted(expected),
        np.arange(labels),
        np.arange(labels),
        use_binary=use_binary,
    )
    assert found == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("labels", "expected"), [(2, 1), (3, 0)])
def test_one_class_of_two_competes_with_the_other(labels, expected):
    """Officially one class has nobody to compete with unless there are just two."""
    known = np.arange(labels)
    found = score_classification(
        [1, 1], np.eye(labels)[[1, 1]], ["norm_macro_recall"], known, known, use_binary=True
    )
    assert found == {"norm_macro_recall": expected}


def test_a_class_missing_from_a_fold_is_averaged_over_the_others():
    folds = [{"f1_score_classwise": {"a": 0.5}}, {"f1_score_classwise": {"a": 0.7, "b": 0.2}}]
    assert aggregate_scores(folds) == {
        "f1_score_classwise": {"a": pytest.approx(0.6), "b": pytest.approx(0.2)}
    }


def test_folds_without_a_value_do_not_count():
    folds = [{"r2_score": 0.5}, {"r2_score": float("nan")}]
    assert aggregate_scores(folds)["r2_score"] == 0.5
    assert math.isnan(aggregate_scores(folds[1:])["r2_score"])
    assert aggregate_scores(folds, ["r2_score", "accuracy"]) == {"r2_score": 0.5}


def test_pooled_folds_equal_all_rows_at_once():
    random = np.random.default_rng(0)
    y = random.normal(size=30)
    predicted = y + random.normal(size=30)
    bins = {
        "number_of_bins": 2,
        "bin_starts": np.array([-5.0, 0]),
        "bin_ends": np.array([0.0, 5]),
    }

    def score(rows):
        wanted = ["residuals", "predicted_true"]
        return score_regression(y[rows], predicted[rows], wanted, 5, -5, 1, None, bins)

    whole = score(slice(None))
    merged = aggregate_scores([score(slice(0, 9)), score(slice(9, 30))])
    for name in whole:
        for key, value in whole[name]["data"].items():
            np.testing.assert_allclose(merged[name]["data"][key], value, err_msg=f"{name} {key}")


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"metrics": ["nope", "accuracy"]}, ValueError, "Unknown metrics: nope"),
        ({"y_pred_probs": P[:3]}, ValueError, r"got \(3, 2\)"),
        ({"y_pred_probs": P * np.nan}, ValueError, "predicted NaN"),
        ({"y_test": Y + 1}, ValueError, r"missing from class_labels: \[2\]"),
        ({"y_test": Y[:0], "y_pred_probs": P[:0]}, ValueError, "no rows"),
        ({"multilabel": True}, ValueError, "several labels"),
        (
            {"y_test": Y * 0, "y_pred_probs": P[:, :1], "class_labels": [0], "train_labels": [0]},
            DataError,
            "single class",
        ),
    ],
)
def test_what_cannot_be_scored_is_refused(change, error, words):
    call = {
        "y_test": Y,
        "y_pred_probs": P,
        "metrics": ["accuracy"],
        "class_labels": BOTH,
        "train_labels": BOTH,
    }
    with pytest.raises(error, match=words):
        score_classification(**call | change)


@pytest.mark.parametrize(
    ("predicted", "words"),
    [([1.0, np.nan], "predictions are NaN"), ([1.0], "2 true values and 1 predictions")],
)
def test_numbers_that_cannot_be_compared_are_refused(predicted, words):
    with pytest.raises(ValueError, match=words):
        score_regression([1.0, 2], predicted, ["r2_score"])


def test_no_rows_give_no_values():
    scores = score_regression([], [], ["r2_score", "mean_absolute_error"])
    assert all(map(math.isnan, scores.values()))


def test_predicted_against_true_needs_bins():
    assert list(score_regression([1.0], [2.0], ["predicted_true"])["predicted_true"]) == ["errors"]


@pytest.mark.parametrize(
    ("outliers", "ends"),
    [
        ([], (-150.0, 150.0)),
        ([120.0], (-150.0, 120.0)),
        ([121.0], (-150.0, 121.0)),
        ([151.0, 125.0], (-150.0, 151.0)),
        ([119.0, -119.0], (-150.0, 150.0)),
        ([-120.0], (-150.0, 150.0)),
        ([-121.0], (-121.0, 150.0)),
        ([-1000.0, 130.0], (-1000.0, 130.0)),
    ],
)
def test_an_outer_bin_of_residuals_ends_where_they_do(outliers, ends):
    """As read off the official runtime: a bin that holds none is as wide as the inner ones."""
    errors = np.array([0.0] * 20 + outliers)
    y = np.linspace(0, 200, len(errors))
    # The same rounding as the scores have: the residual is what is left of the sum.
    found = score_regression(y, y + errors, ["residuals"], 200.0, 0.0, 60.0)["residuals"]["data"]
    inner = np.arange(-120.0, 121.0, 30.0)
    assert found["bin_edges"] == pytest.approx([ends[0], *inner, ends[1]])
    assert sum(found["bin_counts"]) == len(errors)
