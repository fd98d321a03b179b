"""Coefficients keep their signs, in units that compare, through every step that allows it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.ensemble import VotingRegressor
from sklearn.linear_model import ElasticNet, LinearRegression, LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, RobustScaler, StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeRegressor

from codegen_fi.runtime.importance import explain

DIABETES = load_diabetes(return_X_y=True, as_frame=True)
WINE = load_wine(return_X_y=True, as_frame=True)


def coefficients(model, X, y, class_name="", member="model"):
    explanation = explain(model, X, y, methods=["native"])
    return {
        row.feature: row.importance
        for row in explanation.rows
        if (row.method, row.model, row.class_name) == ("coefficient", member, class_name)
    }


def rows(model, X, y):
    explanation = explain(model, X, y, methods=["native"])
    return [row for row in explanation.rows if row.method == "coefficient"]


@pytest.mark.parametrize(
    "scaler", [None, MaxAbsScaler(), MinMaxScaler(), RobustScaler(), StandardScaler()], ids=str
)
def test_a_coefficient_tells_the_change_per_standard_deviation_whatever_the_scaler(scaler):
    X, y = DIABETES
    steps = [scaler, LinearRegression()] if scaler else [LinearRegression()]
    expected = LinearRegression().fit(X, y).coef_ * X.std(ddof=0)
    found = coefficients(make_pipeline(*steps).fit(X, y), X, y)
    assert found == pytest.approx(expected.to_dict())
    assert min(found.values()) < 0 < max(found.values())


def test_ranks_and_shares_go_by_magnitude():
    X, y = DIABETES
    found = rows(LinearRegression().fit(X, y), X, y)
    sizes = [abs(row.importance) for row in found]
    assert sizes == sorted(sizes, reverse=True)
    assert [row.rank for row in found] == list(range(1, 11))
    assert [row.share for row in found] == pytest.approx(np.array(sizes) / sum(sizes))
    assert {row.space for row in found} == {"engineered"}


@pytest.mark.parametrize("step", [PCA(3), PCA(3, whiten=True), TruncatedSVD(3, random_state=0)])
def test_components_hand_coefficients_back_exactly(step):
    X, y = DIABETES
    model = make_pipeline(StandardScaler(), step, LinearRegression()).fit(X, y)
    zero = np.zeros((1, 10))
    answers = model[1:].predict(np.vstack([zero, np.eye(10)]))
    slopes = answers[1:] - answers[0]
    assert coefficients(model, X, y) == pytest.approx(dict(zip(X.columns, slopes, strict=True)))


def test_two_classes_have_one_sign_and_it_is_said_for_whom():
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    names = np.array(["malign", "benign"])[y]
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, names)
    found = rows(model, X, names)
    assert {row.class_name for row in found} == {""}
    assert found[0].note.endswith("positive speaks for malign")
    assert found[0].importance == pytest.approx(
        model[-1].coef_[0][list(X.columns).index(found[0].feature)]
    )


@pytest.mark.parametrize(
    "model", [LogisticRegression(max_iter=9000), OneVsRestClassifier(LogisticRegression())]
)
def test_each_class_has_its_own_signs(model):
    X, y = WINE
    X = (X - X.mean()) / X.std(ddof=0)
    names = np.array(["a", "b", "c"])[y]
    model.fit(X, names)
    matrix = getattr(model, "coef_", None)
    if matrix is None:
        matrix = np.vstack([each.coef_ for each in model.estimators_])
    for name, expected in zip("abc", matrix, strict=True):
        found = coefficients(model, X, names, class_name=name)
        assert found == pytest.approx(dict(zip(X.columns, expected, strict=True)))


def test_a_kernel_of_three_classes_has_a_sign_per_pair_for_the_first_of_them():
    X, y = WINE
    X = (X - X.mean()) / X.std(ddof=0)
    names = np.array(["a", "b", "c"])[y]
    model = SVC(kernel="linear").fit(X, names)
    for pair, expected in zip(["a vs b", "a vs c", "b vs c"], model.coef_, strict=True):
        found = pd.Series(coefficients(model, X, names, class_name=pair))
        assert found[X.columns].to_numpy() == pytest.approx(expected)
        rows_of_first = X[names == pair[0]] @ found[X.columns]
        assert rows_of_first.mean() > (X[names == pair[-1]] @ found[X.columns]).mean()


def test_calibration_averages_the_signs_of_its_folds():
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    X = (X - X.mean()) / X.std(ddof=0)
    model = CalibratedClassifierCV(LinearSVC(), cv=3).fit(X, y)
    expected = np.mean([fold.estimator.coef_[0] for fold in model.calibrated_classifiers_], axis=0)
    assert coefficients(model, X, y) == pytest.approx(dict(zip(X.columns, expected, strict=True)))


def test_only_linear_members_of_an_ensemble_have_signs():
    X, y = DIABETES
    line = make_pipeline(StandardScaler(), ElasticNet(0.1))
    model = VotingRegressor([("tree", DecisionTreeRegressor(max_depth=3)), ("line", line)])
    found = rows(model.fit(X, y), X, y)
    assert {row.model for row in found} == {"line (ElasticNet)"}
    assert len(found) == 10
    alone = coefficients(model.estimators_[1], X, y)
    assert {row.feature: row.importance for row in found} == pytest.approx(alone)


def test_engineered_columns_keep_their_raw_column(odd, make_featurizer):
    frame, y = odd
    model = make_pipeline(make_featurizer(), LinearRegression()).fit(frame, y)
    found = {row.feature: row for row in rows(model, frame, y)}
    assert found["country's_1"].raw_feature == "country's"
    assert found["country's_1"].importance > 0 > found["country's_0"].importance
