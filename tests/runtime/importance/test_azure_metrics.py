"""The names AutoML gives its metrics, as scorers, against the stand-ins of its metrics."""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import get_scorer

from codegen_fi.runtime.automl.score.scoring import (
    LOWER_IS_BETTER,
    score_classification,
    score_regression,
)
from codegen_fi.runtime.importance import azure_classification, azure_regression, explain
from codegen_fi.runtime.importance.compat import scorer_names
from codegen_fi.runtime.importance.scoring import (
    AZURE_NAMES,
    AzureScorer,
    direction,
    scorer_for,
)
from codegen_fi.runtime.run_options import RunOptions, add_local_arguments

RANDOM = np.random.default_rng(8)
ROWS = 90
WEIGHTS = RANDOM.integers(1, 5, ROWS).astype(float)


class Classifier:
    """Gives probabilities that were made up; doesn't know one of the labels."""

    def __init__(self, labels):
        self.classes_ = np.array(labels)
        self.probabilities = RANDOM.dirichlet(np.ones(len(labels)), ROWS)

    def predict_proba(self, X):
        return self.probabilities[X]


class Regressor:
    def __init__(self, predicted):
        self.predicted = predicted

    def predict(self, X):
        return self.predicted[X]


LABELS = {"two": ["no", "yes"], "three": ["a", "b", "c"], "numbers": [1, 2, 5], "unknown": [2, 3]}


@pytest.mark.parametrize("weights", [None, WEIGHTS], ids=["plain", "weighted"])
@pytest.mark.parametrize("kind", LABELS)
@pytest.mark.parametrize("metric", azure_classification.METRICS)
def test_classification_is_scored_as_by_the_stand_ins(metric, kind, weights):
    model = Classifier(LABELS[kind])
    every = [*LABELS[kind], 9] if kind == "unknown" else LABELS[kind]
    y = np.random.default_rng(1).choice(every, ROWS)
    official = next(n for n in ("AUC" + metric[3:], metric) if n.lower() == metric)
    truth = score_classification(
        y, model.probabilities, [official], np.unique(every), model.classes_, sample_weight=weights
    )[official]
    sign = -1 if metric in LOWER_IS_BETTER else 1
    found = AzureScorer(metric)(model, np.arange(ROWS), y, sample_weight=weights)
    assert found == pytest.approx(sign * truth, rel=1e-12, abs=1e-15, nan_ok=True)


@pytest.mark.parametrize("weights", [None, WEIGHTS], ids=["plain", "weighted"])
@pytest.mark.parametrize("kind", ["close", "far", "negative", "constant"])
@pytest.mark.parametrize("metric", azure_regression.METRICS)
def test_regression_is_scored_as_by_the_stand_ins(metric, kind, weights):
    random = np.random.default_rng(2)
    y = random.normal(size=ROWS) if kind == "negative" else random.uniform(0, 9, ROWS)
    spread = {"close": 0.1, "far": 50.0, "negative": 1.0, "constant": 0.0}[kind]
    predicted = np.full(ROWS, 2.0) if kind == "constant" else y + random.normal(size=ROWS) * spread
    if kind == "far":
        predicted = np.abs(predicted)
    bounds = (y.min() - 1, y.max() + 3) if kind == "negative" else (y.min(), y.max() + 3)
    truth = score_regression(
        y, predicted, [metric], y_max=bounds[1], y_min=bounds[0], y_std=1.0, sample_weight=weights
    )[metric]
    sign = -1 if metric in LOWER_IS_BETTER else 1
    scorer = AzureScorer(metric, bounds)
    found = scorer(Regressor(predicted), np.arange(ROWS), y, sample_weight=weights)
    assert found == pytest.approx(sign * truth, rel=1e-12, nan_ok=True)


def test_every_metric_that_can_be_a_primary_one_is_there():
    primary = (
        "accuracy AUC_weighted average_precision_score_weighted norm_macro_recall "
        "precision_score_weighted spearman_correlation normalized_root_mean_squared_error r2_score "
        "normalized_mean_absolute_error normalized_root_mean_squared_log_error"
    )
    assert {name.lower() for name in primary.split()} <= set(AZURE_NAMES)


@pytest.mark.parametrize("name", sorted(set(AZURE_NAMES) & set(scorer_names())))
def test_a_name_that_scikit_learn_has_as_well_is_scikit_learns(name):
    assert repr(scorer_for(name, "classification")[1]) == repr(get_scorer(name))


def test_the_spelling_of_the_service_is_taken_and_kept():
    name, scorer = scorer_for("AUC_weighted", "classification")
    assert (name, scorer.name) == ("AUC_weighted", "auc_weighted")


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("normalized_root_mean_squared_error", True),
        ("log_loss", True),
        ("neg_log_loss", True),
        ("AUC_weighted", False),
        ("r2", False),
        ("spearman_correlation", False),
    ],
)
def test_the_header_says_whether_the_sign_was_turned(name, turned):
    assert ("sign turned" in direction(name)) is turned


def test_normalized_errors_are_divided_by_the_range_of_the_whole_target():
    X = pd.DataFrame({"a": RANDOM.normal(size=ROWS), "b": RANDOM.normal(size=ROWS)})
    y = X["a"].to_numpy() * 3 + X["b"].to_numpy() + RANDOM.normal(size=ROWS)
    model = LinearRegression().fit(X[:60], y[:60])
    metric = "normalized_root_mean_squared_error"
    result = explain(model, X[:60], y[:60], X[60:], y[60:], methods=["permutation"], scoring=metric)
    error = np.sqrt(np.mean((model.predict(X[60:]) - y[60:]) ** 2)) / np.ptp(y)
    assert result.header.baseline == pytest.approx(-error)
    assert "sign turned" in result.header.scoring_direction
    first = min((row for row in result.rows if row.space == "raw"), key=lambda row: row.rank)
    assert first.feature == "a"
    assert first.importance > 0


def test_a_metric_of_automl_ranks_the_columns_of_a_classifier():
    X = pd.DataFrame({"a": RANDOM.normal(size=ROWS), "b": RANDOM.normal(size=ROWS)})
    y = np.where(X["a"] > 0, "high", "low")
    model = LogisticRegression().fit(X, y)
    result = explain(model, X, y, methods=["permutation"], scoring="AUC_weighted")
    assert result.failures == ()
    assert result.header.baseline > 0.99
    assert result.rows[0].feature == "a"


def parsed(metric, *arguments):
    parser = argparse.ArgumentParser()
    add_local_arguments(parser, scoring=metric)
    return RunOptions.of(parser.parse_args(["--training-data", "x.csv", *arguments]))


@pytest.mark.parametrize("metric", ["norm_macro_recall", "spearman_correlation", "AUC_weighted"])
def test_the_metric_of_the_run_is_the_default(metric):
    assert parsed(metric).scoring == metric


def test_the_user_has_the_last_word():
    assert parsed("norm_macro_recall", "--scoring", "accuracy").scoring == "accuracy"


def test_a_metric_that_is_not_known_leaves_the_default_of_the_task():
    assert parsed("word_error_rate").scoring is None


class Predicting:
    """Gives no probabilities, as support vector machines don't."""

    def __init__(self, model):
        self.classes_ = model.classes_
        self._model = model

    def predict(self, X):
        return self.classes_[self._model.predict_proba(X).argmax(axis=1)]


@pytest.mark.parametrize("kind", LABELS)
@pytest.mark.parametrize("metric", azure_classification.METRICS)
def test_metrics_of_predictions_need_no_probabilities(metric, kind):
    model = Classifier(LABELS[kind])
    y = np.random.default_rng(1).choice(LABELS[kind], ROWS)
    scorer, rows = AzureScorer(metric), np.arange(ROWS)
    if metric in azure_classification.NEED_PROBABILITIES:
        with pytest.raises(ValueError, match=f"{metric} needs the probabilities of the classes"):
            scorer(Predicting(model), rows, y)
    else:
        found = scorer(Predicting(model), rows, y)
        assert found == pytest.approx(scorer(model, rows, y), nan_ok=True)


@pytest.mark.parametrize(
    ("metric", "labels", "says"),
    [
        ("f1_score_binary", ["a", "b", "c"], "is a score of two classes, and there are 3"),
        ("AUC_weighted", [1.5, 2.5, 9.0], "is a score of classes, and the model has none"),
        ("spearman_correlation", ["a", "b"], "is a score of numbers, and a label is 'a'"),
        ("normalized_root_mean_squared_error", ["a", "b"], "a label is 'a'"),
        ("root_mean_squared_log_error", [-3.0, 4.0], "labels from 0 on, and the lowest is -3"),
        ("mean_absolute_percentage_error", [0.0, 0.0], "all labels are 0"),
    ],
)
def test_a_metric_that_does_not_fit_the_labels_says_why(metric, labels, says):
    y = np.resize(labels, 60)
    X = pd.DataFrame({"x": np.arange(60.0) % 7, "z": np.arange(60.0) % 2})
    model = (LogisticRegression() if isinstance(labels[0], str) else LinearRegression()).fit(X, y)
    found = explain(model, X, y, scoring=metric, repeats=1)
    assert dict(found.failures).keys() == {"permutation"}
    assert says in found.failures[0][1]
    assert any(row.method == "native" and row.rank == 1 for row in found.rows)


def test_one_class_of_rows_has_no_auc_and_it_is_said():
    X = pd.DataFrame({"x": np.arange(60.0)})
    model = LogisticRegression().fit(X, np.arange(60) > 30)
    found = explain(model, X[:9], np.zeros(9, bool), scoring="AUC_weighted", repeats=1)
    assert "ranks rows of different classes, and all scored rows are of one" in found.failures[0][1]


def test_near_names_are_offered_as_automl_spells_them():
    with pytest.raises(ValueError, match="did you mean AUC_weighted or"):
        scorer_for("AUC_weigthed", "classification")
