"""AutoML's own models: stacks with their meta-learners, and targets that are transformed."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from lightgbm import LGBMClassifier, LGBMRegressor
from shapley import QUIET, importances
from sklearn.datasets import load_diabetes, load_wine
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, LabelEncoder, StandardScaler

from codegen_fi.runtime.automl.models.pipeline_with_ytransformations import (
    PipelineWithYTransformations,
)
from codegen_fi.runtime.automl.models.stack_ensemble import (
    StackEnsembleClassifier,
    StackEnsembleRegressor,
)
from codegen_fi.runtime.importance import explain


@pytest.fixture(autouse=True)
def without_the_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "shap", None)


def test_a_meta_learner_of_regressors_is_explained_by_their_predictions():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    learners = [
        ("trees", LGBMRegressor(**QUIET)),
        ("line", make_pipeline(StandardScaler(), Ridge())),
    ]
    model = StackEnsembleRegressor(learners, Ridge(), training_cv_folds=3).fit(X, y)
    explanation = explain(model, X, y, methods=["shap"])
    answers = np.column_stack([learner.predict(X) for _, learner in model._base_learners])
    expected = np.abs(model._meta_learner.coef_ * (answers - answers.mean(axis=0))).mean(axis=0)
    found = importances(explanation, "engineered", "meta-learner (Ridge)")
    names = ["trees (LGBMRegressor)", "line (Ridge)"]
    assert found == pytest.approx(dict(zip(names, expected, strict=True)))
    alone = explain(model._base_learners[1][1], X, y, methods=["shap"])
    assert importances(explanation, model="line (Ridge)") == pytest.approx(importances(alone))
    assert not importances(explanation, model="meta-learner (Ridge)")
    assert explanation.header.model == "StackEnsembleRegressor of 2 models"


def test_a_meta_learner_of_classifiers_is_explained_by_their_probabilities():
    X, y = load_wine(return_X_y=True, as_frame=True)
    y = np.array(["a", "b", "c"])[y]
    line = make_pipeline(StandardScaler(), LogisticRegression())
    learners = [("trees", LGBMClassifier(**QUIET)), ("line", line)]
    model = StackEnsembleClassifier(learners, LogisticRegression(), training_cv_folds=3).fit(X, y)
    explanation = explain(model, X, y, methods=["shap"])
    answers = [learner.predict_proba(X)[:, 1:] for _, learner in model._base_learners]
    answers = np.hstack(answers)
    distances = answers - answers.mean(axis=0)
    each = [np.abs(coef * distances).mean(axis=0) for coef in model._meta_learner.coef_]
    names = [
        f"{name}: {label}"
        for name in ("trees (LGBMClassifier)", "line (LogisticRegression)")
        for label in "bc"
    ]
    found = importances(explanation, "engineered", "meta-learner (LogisticRegression)")
    assert found == pytest.approx(dict(zip(names, np.mean(each, axis=0), strict=True)))
    assert "by trying out orders of the columns" in explanation.rows[0].note


def test_a_transformed_target_is_explained_before_it_is_turned_back():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    inner = make_pipeline(StandardScaler(), Ridge())
    root = FunctionTransformer(np.sqrt, np.square)
    model = PipelineWithYTransformations(inner, "root", root).fit(X, y)
    explanation = explain(model, X, y, methods=["shap"])
    alone = make_pipeline(StandardScaler(), Ridge()).fit(X, np.sqrt(y))
    expected = importances(explain(alone, X, y, methods=["shap"]))
    assert importances(explanation) == pytest.approx(expected)
    said = "before FunctionTransformer turns it back into the target"
    assert all(said in row.note for row in explanation.rows)


def test_encoded_classes_carry_their_names():
    X, y = load_wine(return_X_y=True, as_frame=True)
    names = np.array(["größer", "b", "c"])[y]
    inner = make_pipeline(StandardScaler(), LogisticRegression())
    model = PipelineWithYTransformations(inner, "LabelEncoder", LabelEncoder()).fit(X, names)
    explanation = explain(model, X, names, methods=["shap", "native"])
    assert {row.class_name for row in explanation.rows} == {"", "größer", "b", "c"}
    alone = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, names)
    expected = importances(explain(alone, X, names, methods=["shap"]), class_name="größer")
    found = {
        row.feature: row.importance
        for row in explanation.rows
        if (row.method, row.space, row.class_name) == ("shap", "raw", "größer")
    }
    assert found == pytest.approx(expected)
    assert "turns it back" not in explanation.rows[0].note
