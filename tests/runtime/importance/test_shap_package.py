"""Trees of scikit-learn and models of any kind, explained by the package shap."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from lightgbm import LGBMClassifier, LGBMRegressor
from shapley import QUIET, Unheardof, contributions, importances, rows_of, shapley
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
    StackingClassifier,
    VotingClassifier,
)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.tree import DecisionTreeRegressor
from xgboost import XGBClassifier

from codegen_fi.runtime.importance import explain

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    shap = pytest.importorskip("shap", reason="NOT TESTED with shap: it is not installed")

FEW = {"n_estimators": 5, "random_state": 0}


def tree_value(tree, row, known, node=0):
    if tree.children_left[node] < 0:
        return tree.value[node].ravel()[0]
    children = (tree.children_left[node], tree.children_right[node])
    if tree.feature[node] in known:
        goes = np.float32(row[tree.feature[node]]) <= tree.threshold[node]
        return tree_value(tree, row, known, children[0] if goes else children[1])
    values = [tree_value(tree, row, known, child) for child in children]
    weights = [tree.weighted_n_node_samples[child] for child in children]
    return float(np.average(values, weights=weights))


def test_a_tree_has_shapleys_values_over_its_paths():
    X, y = load_diabetes(return_X_y=True)
    X = X[:, :4]
    model = DecisionTreeRegressor(max_depth=4, random_state=0).fit(X, y)
    found = contributions(model, X[:6]).found
    for row, values in zip(X[:6], found.values[:, :, 0], strict=True):
        expected = shapley(lambda known, row=row: tree_value(model.tree_, row, known), 4)
        assert values == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize(
    ("model", "load", "outputs", "unit"),
    [
        (RandomForestClassifier(**FEW), load_breast_cancer, 1, "probability"),
        (ExtraTreesClassifier(**FEW), load_wine, 3, "probability"),
        (RandomForestRegressor(**FEW), load_diabetes, 1, "value"),
        (GradientBoostingClassifier(**FEW), load_breast_cancer, 1, "margin"),
        (GradientBoostingRegressor(**FEW), load_diabetes, 1, "value"),
    ],
)
def test_forests_contributions_add_up_to_what_they_say(model, load, outputs, unit):
    X, y = load(return_X_y=True)
    found = contributions(model.fit(X, y), X).found
    assert found.values.shape == (*X.shape, outputs)
    assert found.unit == unit
    assert found.deviation() < 1e-6 * max(1, np.abs(found.output).max())


@pytest.mark.parametrize(
    ("model", "load"),
    [
        (LGBMClassifier(**QUIET), load_breast_cancer),
        (LGBMRegressor(**QUIET), load_diabetes),
        (XGBClassifier(**FEW), load_wine),
    ],
)
def test_boosters_own_contributions_are_those_of_the_package(model, load):
    X, y = load(return_X_y=True)
    found = contributions(model.fit(X, y), X[:40]).found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = np.asarray(shap.TreeExplainer(model).shap_values(X[:40]))
    theirs = theirs[:, :, None] if theirs.ndim == 2 else theirs
    assert found.values == pytest.approx(theirs, abs=1e-4 * float(np.abs(theirs).max()))


def test_a_linear_model_has_the_packages_values():
    X, y = load_diabetes(return_X_y=True)
    model = LinearRegression().fit(X, y)
    masker = shap.maskers.Independent(X, max_samples=len(X))
    theirs = shap.LinearExplainer(model, masker).shap_values(X)
    assert contributions(model, X).found.values[:, :, 0] == pytest.approx(theirs)


def test_a_vote_of_forests_adds_their_probabilities():
    X, y = load_wine(return_X_y=True)
    members = [("a", RandomForestClassifier(**FEW)), ("b", ExtraTreesClassifier(**FEW))]
    model = VotingClassifier(members, voting="soft", weights=[1, 3]).fit(X, y)
    whole = contributions(model, X).found
    parts = [contributions(each, X).found.values for each in model.estimators_]
    assert whole.values == pytest.approx(0.25 * parts[0] + 0.75 * parts[1])
    assert whole.output == pytest.approx(model.predict_proba(X))
    assert whole.deviation() < 1e-6


def test_a_model_nobody_knows_is_tried_out():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    X = X[["bmi", "bp", "s5", "sex"]][:60]
    model = Unheardof().fit(X, y[:60])
    explanation = explain(model, X, y[:60], methods=["shap"], seed=1)
    drawn = np.sort(np.random.RandomState(1).choice(60, 50, replace=False))
    distances = X - X.iloc[drawn].mean()
    expected = np.abs(model.inner_.coef_ * distances).mean()
    assert importances(explanation) == pytest.approx(expected.to_dict())
    assert "50 training rows as background" in explanation.rows[0].note
    assert {row.space for row in explanation.rows} == {"raw"}
    again = explain(model, X, y[:60], methods=["shap"], seed=1)
    assert explanation.to_frame().equals(again.to_frame())


def test_an_ensemble_is_tried_out_by_whole_raw_columns(odd, make_featurizer):
    frame, y = odd
    names = np.where(y > np.median(y), "hoch", "tief")
    members = [
        ("trees", LGBMClassifier(**QUIET)),
        ("nb", make_pipeline(Absolute(), MultinomialNB())),
    ]
    model = make_pipeline(make_featurizer(), VotingClassifier(members, voting="soft")).fit(
        frame, names
    )
    explanation = explain(model, frame, names, methods=["shap"])
    raw = rows_of(explanation)
    assert raw["hours per week"].rank == 1
    assert raw["never read"].importance == 0
    assert "to the probability of class tief" in raw["hours per week"].note
    assert explanation.header.shap_deviation < 1e-9
    labels = {row.model for row in explanation.rows}
    assert labels == {"model", "trees (LGBMClassifier)", "nb (MultinomialNB)"}
    (reason,) = [row for row in explanation.rows if row.model == "nb (MultinomialNB)"]
    assert "MultinomialNB has no contributions of its own" in reason.note


class Absolute(LinearRegression):
    def fit(self, X, y=None):
        return self

    def transform(self, X):
        return abs(X)


def test_a_stack_is_tried_out_and_its_learners_explained():
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    X = X.iloc[:, :6]
    learners = [("trees", LGBMClassifier(**QUIET)), ("line", LogisticRegression(max_iter=5000))]
    model = StackingClassifier(learners, cv=2).fit(X, y)
    explanation = explain(model, X, y, methods=["shap"])
    assert explanation.failures == ()
    assert sum(row.share for row in rows_of(explanation).values()) == pytest.approx(1)
    assert importances(explanation, model="line (LogisticRegression)")
    assert "rows" in rows_of(explanation)["mean radius"].note


def test_too_many_columns_to_try_out_are_refused_with_the_reason():
    X = np.random.default_rng(0).normal(size=(40, 300))
    model = Unheardof().fit(X, X[:, 0])
    (row,) = explain(model, X, X[:, 0], methods=["shap"]).rows
    assert "300 columns times 50 background rows are more than the" in row.note


def test_the_state_of_numpys_generator_is_left_alone():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = Unheardof().fit(X[:30], y[:30])
    np.random.seed(7)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    explain(model, X[:30], y[:30], methods=["shap"])
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002
