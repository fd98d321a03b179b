"""Contributions add up, equal Shapley's values worked out in full, and roll up row by row."""

from __future__ import annotations

import math
import sys

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier, LGBMRegressor
from scipy.sparse import csr_matrix
from shapley import QUIET, contributions, importances, rows_of, shapley
from sklearn.calibration import CalibratedClassifierCV
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.ensemble import RandomForestRegressor, VotingClassifier, VotingRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression, PoissonRegressor, Ridge
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler, StandardScaler
from sklearn.svm import SVC, LinearSVC
from xgboost import XGBClassifier, XGBRegressor

from codegen_fi.runtime.importance import explain
from codegen_fi.runtime.importance.shap.method import MOST_ROWS
from codegen_fi.runtime.importance.shap.mixing import Mixing
from codegen_fi.runtime.importance.shap.rows import by_raw_column

SMALL = {"n_estimators": 8, "random_state": 0}


# Linear models


def test_a_linear_model_has_the_closed_form():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = Ridge().fit(X, y)
    expected = np.abs(model.coef_ * (X - X.mean())).mean()
    explanation = explain(model, X, y, methods=["shap"])
    assert importances(explanation) == pytest.approx(expected.to_dict())
    assert importances(explanation, "engineered") == pytest.approx(importances(explanation))
    assert explanation.header.shap_deviation < 1e-10
    assert "columns taken as independent" in explanation.rows[0].note


def test_the_closed_form_is_shapleys_value_over_the_background():
    random = np.random.default_rng(0)
    X, background = random.normal(size=(3, 4)), random.normal(size=(30, 4))
    model = LinearRegression().fit(background, random.normal(size=30))
    found = contributions(model, X, background).found

    for row, values in zip(X, found.values[:, :, 0], strict=True):

        def value(known, row=row):
            mixed = background.copy()
            mixed[:, list(known)] = row[list(known)]
            return model.predict(mixed).mean()

        assert values == pytest.approx(shapley(value, 4))
        assert found.expected[0] == pytest.approx(value(frozenset()))


def test_a_scaler_before_a_linear_model_changes_nothing():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    plain = explain(LinearRegression().fit(X, y), X, y, methods=["shap"])
    scaled = make_pipeline(StandardScaler(), LinearRegression()).fit(X, y)
    assert importances(explain(scaled, X, y, methods=["shap"])) == pytest.approx(importances(plain))


@pytest.mark.parametrize("step", [PCA(4), PCA(3, whiten=True), TruncatedSVD(4, random_state=0)])
def test_linear_models_pass_through_components_exactly(step):
    X, y = load_diabetes(return_X_y=True)
    model = make_pipeline(MaxAbsScaler(), step, Ridge()).fit(X, y)
    found = contributions(model, X).found
    # The whole is linear: what one unit of a column changes is its coefficient.
    units = np.vstack([np.zeros(10), np.eye(10)])
    answers = model.predict(units)
    coefficients = answers[1:] - answers[0]
    assert found.values[:, :, 0] == pytest.approx(coefficients * (X - X.mean(axis=0)))
    assert found.deviation() < 1e-9


def test_each_class_has_its_own_importances():
    X, y = load_wine(return_X_y=True, as_frame=True)
    names = np.array(["red", "white", "größer"])[y]
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, names)
    explanation = explain(model, X, names, methods=["shap"])
    scaled = pd.DataFrame(model[0].transform(X), columns=X.columns)
    for i, name in enumerate(model.classes_):
        expected = np.abs(scaled * model[-1].coef_[i]).mean()
        assert importances(explanation, class_name=name) == pytest.approx(expected.to_dict())
    per_class = [importances(explanation, class_name=name) for name in model.classes_]
    mean = {name: np.mean([each[name] for each in per_class]) for name in X.columns}
    assert importances(explanation) == pytest.approx(mean)
    assert {row.class_name for row in explanation.rows} == {"", "red", "white", "größer"}
    for name in ("", *model.classes_):
        assert sum(row.share for row in rows_of(explanation, class_name=name).values()) == (
            pytest.approx(1)
        )


def test_a_link_is_explained_before_it_and_it_is_said():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = PoissonRegressor().fit(X, y)
    explanation = explain(model, X, y, methods=["shap"])
    expected = np.abs(model.coef_ * (X - X.mean())).mean()
    assert importances(explanation) == pytest.approx(expected.to_dict())
    assert "to the margin" in explanation.rows[0].note


def test_pairs_of_classes_of_a_linear_kernel():
    X, y = load_wine(return_X_y=True, as_frame=True)
    names = np.array(["a", "b", "c"])[y]
    X = (X - X.mean()) / X.std()
    model = SVC(kernel="linear", decision_function_shape="ovo").fit(X, names)
    found = contributions(model, X).found
    assert np.abs(found.output) == pytest.approx(np.abs(model.decision_function(X)))
    assert found.deviation() < 1e-9
    explanation = explain(model, X, names, methods=["shap"])
    assert {row.class_name for row in explanation.rows} == {"", "a vs b", "a vs c", "b vs c"}


# Boosters


def lightgbm_value(tree, row, known):
    """What a tree says when only some columns of the row are known: the mean over its paths."""
    if "leaf_value" in tree:
        return tree["leaf_value"]
    left, right = tree["left_child"], tree["right_child"]
    if tree["split_feature"] in known:
        goes = row[tree["split_feature"]] <= tree["threshold"]
        return lightgbm_value(left if goes else right, row, known)
    counts = [each.get("leaf_count", each.get("internal_count")) for each in (left, right)]
    values = [lightgbm_value(each, row, known) for each in (left, right)]
    return float(np.average(values, weights=counts))


def test_lightgbm_gives_shapleys_values_of_its_trees():
    random = np.random.default_rng(1)
    X = random.normal(size=(200, 4))
    y = X[:, 0] * X[:, 1] + np.sin(X[:, 2])
    model = LGBMRegressor(num_leaves=6, **{**QUIET, "n_estimators": 3}).fit(X, y)
    trees = [each["tree_structure"] for each in model.booster_.dump_model()["tree_info"]]
    found = contributions(model, X[:5]).found
    for row, values in zip(X[:5], found.values[:, :, 0], strict=True):

        def value(known, row=row):
            return sum(lightgbm_value(tree, row, known) for tree in trees)

        assert values == pytest.approx(shapley(value, 4), abs=1e-12)


def binary():
    return load_breast_cancer(return_X_y=True)


def several():
    return load_wine(return_X_y=True)


def numbers():
    return load_diabetes(return_X_y=True)


@pytest.mark.parametrize(
    ("model", "data", "outputs", "unit"),
    [
        (LGBMClassifier(**QUIET), binary, 1, "margin"),
        (LGBMClassifier(**QUIET), several, 3, "margin"),
        (LGBMRegressor(**QUIET), numbers, 1, "value"),
        (LGBMRegressor(objective="poisson", **QUIET), numbers, 1, "margin"),
        (XGBClassifier(**SMALL), binary, 1, "margin"),
        (XGBClassifier(**SMALL), several, 3, "margin"),
        (XGBRegressor(**SMALL), numbers, 1, "value"),
        (XGBRegressor(objective="count:poisson", **SMALL), numbers, 1, "margin"),
    ],
)
def test_boosters_contributions_add_up_to_what_they_say(model, data, outputs, unit):
    X, y = data()
    model.fit(X, y)
    found = contributions(model, X).found
    assert found.values.shape == (*X.shape, outputs)
    assert found.unit == unit
    said = model.predict(
        X, **({"raw_score": True} if "LGBM" in str(model) else {"output_margin": True})
    )
    assert found.output == pytest.approx(said.reshape(len(X), outputs))
    scale = np.abs(found.output).max()
    assert found.deviation() < (1e-9 if "LGBM" in str(model) else 1e-5) * scale
    assert np.abs(found.values).max() > 0.01 * scale


@pytest.mark.filterwarnings("ignore:.*gblinear.*deprecated:UserWarning")
def test_a_linear_booster_has_the_closed_form():
    X, y = load_diabetes(return_X_y=True)
    model = XGBRegressor(booster="gblinear", **SMALL).fit(X, y)
    found = contributions(model, X).found
    slopes = found.values[:, :, 0] / X
    assert slopes == pytest.approx(np.tile(model.coef_, (len(X), 1)), rel=1e-3, abs=1e-2)
    assert found.deviation() < 1e-3


def test_trees_after_the_best_one_do_not_count():
    X, y = load_breast_cancer(return_X_y=True)
    model = XGBClassifier(n_estimators=40, early_stopping_rounds=2, learning_rate=1, n_jobs=1)
    model.fit(X[:300], y[:300], eval_set=[(X[300:], y[300:])], verbose=False)
    assert model.best_iteration < model.get_booster().num_boosted_rounds() - 1
    found = contributions(model, X).found
    assert found.output[:, 0] == pytest.approx(model.predict(X, output_margin=True))
    assert found.deviation() < 1e-4


def test_sparse_and_dense_matrices_say_the_same():
    from scipy.sparse import csr_matrix

    X, y = load_wine(return_X_y=True)
    X[X < 1] = 0
    for model in (
        LGBMClassifier(**QUIET),
        LogisticRegression(solver="liblinear"),
        LGBMRegressor(**QUIET),
    ):
        target = y == 0 if "Logistic" in str(model) else y
        model.fit(csr_matrix(X), target)
        dense, sparse = contributions(model, X).found, contributions(model, csr_matrix(X)).found
        assert sparse.values == pytest.approx(dense.values)
        assert sparse.deviation() < 1e-9


# Roll-up


def test_a_raw_column_is_the_mean_of_its_signed_sum_not_the_sum_of_means(odd, make_featurizer):
    frame, y = odd
    model = make_pipeline(make_featurizer(), LGBMRegressor(min_child_samples=5, **QUIET)).fit(
        frame, y
    )
    explanation = explain(model, frame, y, methods=["shap"])
    values = contributions(model[-1], model[0].transform(frame)).found.values[:, :, 0]
    lineage = [line[0] if len(line) == 1 else line for line in _lineage(model[0])]
    raw = importances(explanation)
    for name in ("country's", "a, b", "hours per week"):
        columns = [i for i, owner in enumerate(lineage) if owner == name]
        assert raw[name] == pytest.approx(np.abs(values[:, columns].sum(axis=1)).mean())
    words = [i for i, owner in enumerate(lineage) if owner == "country's"]
    assert raw["country's"] < np.abs(values[:, words]).mean(axis=0).sum() - 1e-6
    assert raw["never read"] == 0
    assert rows_of(explanation)["never read"].note.startswith("not used by the featurizer")
    engineered = [row for row in explanation.rows if row.space == "engineered"]
    assert len(engineered) == values.shape[1]
    assert sum(row.importance for row in engineered) == pytest.approx(
        np.abs(values).mean(axis=0).sum()
    )


def _lineage(union):
    return [
        (line,) if isinstance(line, str) else tuple(line)
        for _, part in union.transformer_list
        for line in part.feature_lineage()
    ]


def test_shared_columns_are_split_between_their_owners():
    from codegen_fi.runtime.importance.lineage import Lineage

    lineage = Lineage(("a", "b"), ("x", "y"), ((0,), (0, 1)))
    values = np.array([[[1.0], [-4.0]], [[3.0], [2.0]]])
    assert by_raw_column(values, lineage)[:, :, 0].tolist() == [[-1.0, -2.0], [4.0, 1.0]]


def test_more_rows_than_the_budget_are_sampled_and_it_is_said():
    X = pd.DataFrame(np.random.default_rng(2).normal(size=(MOST_ROWS + 50, 2)), columns=["a", "b"])
    y = X["a"] * 3
    explanation = explain(LinearRegression().fit(X, y), X, y, methods=["shap"], seed=4)
    assert importances(explanation)["a"] == pytest.approx(3 * np.sqrt(2 / np.pi), rel=0.05)
    said = f"{MOST_ROWS:,} of {MOST_ROWS + 50:,} rows"
    assert ("rows", f"shap explained {said}") in explanation.header.skipped
    assert explanation.rows[0].note.endswith(said)
    again = explain(LinearRegression().fit(X, y), X, y, methods=["shap"], seed=4)
    assert explanation.to_frame().equals(again.to_frame())


def test_rows_to_validate_on_are_explained_against_the_training_rows():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = Ridge().fit(X[:300], y[:300])
    explanation = explain(model, X[:300], y[:300], X[300:], y[300:], methods=["shap"])
    expected = np.abs(model.coef_ * (X[300:] - X[:300].mean())).mean()
    assert importances(explanation) == pytest.approx(expected.to_dict())


# Models around models


def test_a_vote_of_regressors_is_the_weighted_sum_of_its_members():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    members = [
        ("trees", LGBMRegressor(**QUIET)),
        ("line", make_pipeline(StandardScaler(), Ridge())),
    ]
    model = VotingRegressor(members, weights=[3, 1]).fit(X, y)
    parts = [contributions(each, X).found.values for each in model.estimators_]
    whole = contributions(model, X)
    assert whole.found.values == pytest.approx(0.75 * parts[0] + 0.25 * parts[1])
    assert whole.found.output[:, 0] == pytest.approx(model.predict(X))
    assert whole.found.deviation() < 1e-9
    explanation = explain(model, X, y, methods=["shap"])
    alone = explain(model.estimators_[1], X, y, methods=["shap"])
    assert importances(explanation, model="line (Ridge)") == pytest.approx(importances(alone))
    assert "weight 0.25" in rows_of(explanation, model="line (Ridge)")["bmi"].note


def test_a_vote_of_one_equals_its_member():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = VotingRegressor([("only", LGBMRegressor(**QUIET))]).fit(X, y)
    whole = explain(model, X, y, methods=["shap"])
    assert importances(whole) == pytest.approx(importances(whole, model="only (LGBMRegressor)"))


def test_margins_are_not_added_up_to_a_vote_of_probabilities():
    X, y = load_wine(return_X_y=True, as_frame=True)
    members = [("trees", LGBMClassifier(**QUIET)), ("few", LGBMClassifier(num_leaves=3, **QUIET))]
    model = VotingClassifier(members, voting="soft").fit(X, y)
    explanation = explain(model, X, y, methods=["shap"])
    first = explanation.rows[0]
    assert "to the probability" in first.note
    assert "by trying out orders of the columns, 50 training rows as background" in first.note
    assert explanation.header.shap_deviation < 1e-5
    assert importances(explanation, model="few (LGBMClassifier)", class_name="1")
    assert explanation.failures == ()


def test_the_function_behind_a_calibration_is_explained():
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    X = (X - X.mean()) / X.std()
    model = CalibratedClassifierCV(LinearSVC(), cv=3).fit(X, y)
    explanation = explain(model, X, y, methods=["shap"])
    coefficients = [fold.estimator.coef_[0] for fold in model.calibrated_classifiers_]
    expected = np.abs(np.mean(coefficients, axis=0) * X).mean()
    assert importances(explanation) == pytest.approx(expected.to_dict())
    assert "before its calibration, mean over 3 of them" in explanation.rows[0].note


def test_one_model_per_class_is_explained_class_by_class():
    X, y = load_wine(return_X_y=True, as_frame=True)
    X = (X - X.mean()) / X.std()
    model = OneVsRestClassifier(LogisticRegression()).fit(X, y)
    explanation = explain(model, X, y, methods=["shap"])
    expected = np.abs(model.estimators_[2].coef_[0] * X).mean()
    assert importances(explanation, class_name="2") == pytest.approx(expected.to_dict())


@pytest.mark.parametrize(
    ("model", "load"),
    [
        (OneVsRestClassifier(LogisticRegression()), load_breast_cancer),
        (OneVsRestClassifier(LogisticRegression()), load_wine),
        (CalibratedClassifierCV(LinearSVC(), cv=3), load_breast_cancer),
    ],
)
def test_linear_models_in_wrappers_pass_through_components(model, load):
    X, y = load(return_X_y=True)
    whole = make_pipeline(StandardScaler(), TruncatedSVD(4, random_state=0), model).fit(X, y)
    found = contributions(whole, X).found
    inner = contributions(model, whole[:-1].transform(X)).found
    assert found.values.shape == (*X.shape, inner.output.shape[1])
    assert found.values.sum(axis=1) == pytest.approx(inner.values.sum(axis=1))
    assert found.deviation() < 1e-9


# Models that are tried out


@pytest.mark.parametrize(
    "model", [KNeighborsRegressor(), make_pipeline(PCA(2), KNeighborsRegressor())]
)
def test_two_columns_are_tried_out_to_shapleys_values(model, monkeypatch):
    monkeypatch.setitem(sys.modules, "shap", None)
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    X, y = X[["bmi", "s5"]][:40], y[:40]
    explanation = explain(model.fit(X, y), X, y, methods=["shap"])
    rows = X.to_numpy()

    def expected(row, known):
        mixed = rows.copy()
        mixed[:, list(known)] = row[list(known)]
        return model.predict(pd.DataFrame(mixed, columns=X.columns)).mean()

    each = [shapley(lambda known, row=row: expected(row, known), 2) for row in rows]
    found = dict(zip(X.columns, np.abs(each).mean(axis=0), strict=True))
    assert importances(explanation) == pytest.approx(found)
    assert explanation.failures == ()


@pytest.mark.parametrize("sparse", [False, True])
def test_parts_of_a_vote_are_tried_out_as_the_whole_is(sparse):
    X, y = load_breast_cancer(return_X_y=True)
    X = csr_matrix(np.where(np.median(X, axis=0) < X, X, 0)) if sparse else X
    # Products of dense matrices are summed up in another order for other rows.
    other = LogisticRegression(max_iter=300) if sparse else XGBClassifier(**SMALL)
    members = [("trees", LGBMClassifier(**QUIET)), ("b", make_pipeline(MaxAbsScaler(), other))]
    model = VotingClassifier(members, voting="soft").fit(X, y)
    blocks = [[0, 1], [2], [3, 4, 5], list(range(6, 30))]
    mixing = Mixing(model, "predict_proba", X[:45], 25, blocks)
    sets = [(), (1,), (0, 3), (1, 2, 3), (0, 1, 2, 3)]
    quick, plain = mixing._quick(sets), mixing._plain(sets)
    assert mixing._engine is not None
    for one, other in zip(quick, plain, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9)
    np.testing.assert_array_equal(plain[0], model.predict_proba(X[:25]))
    whole = np.broadcast_to(model.predict_proba(X[25:45]).mean(axis=0), plain[-1].shape)
    np.testing.assert_allclose(plain[-1], whole)


# Without and with the package


@pytest.mark.parametrize("package", [None, type(sys)("shap")], ids=["none", "a folder of the name"])
def test_a_forest_without_the_package_is_tried_out_and_it_is_said_how_to_get_it(
    package, monkeypatch
):
    monkeypatch.setitem(sys.modules, "shap", package)
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    forest = RandomForestRegressor(**SMALL).fit(X, y)
    explanation = explain(forest, X, y, methods=["shap"])
    assert importances(explanation)["s5"] > importances(explanation)["s4"] > 0
    assert explanation.failures == ()
    (why,) = [why for what, why in explanation.header.skipped if what.startswith("contributions")]
    assert "needs the package shap; install it with: pip install shap" in why


def test_a_wide_forest_without_the_package_fails_with_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "shap", None)
    X = np.random.default_rng(0).normal(size=(40, 300))
    forest = RandomForestRegressor(**SMALL).fit(X, X[:, 0])
    explanation = explain(forest, X, X[:, 0], methods=["shap"])
    (row,) = explanation.rows
    assert math.isnan(row.importance)
    assert "install it with: pip install shap; nor could its columns be tried out" in row.note
    assert explanation.failures == (
        ("shap", "needs the package shap; install it with: pip install shap"),
    )


def test_auto_does_not_ask_for_shap():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    explanation = explain(Ridge().fit(X, y), X, y, repeats=1)
    assert explanation.header.methods == ("native", "permutation")
    assert explanation.header.shap_deviation is None


def test_wide_tables_are_explained_on_fewer_rows_and_it_is_said():
    X = np.zeros((2600, 8000))
    X[:, 0] = np.arange(2600)
    model = Ridge()
    model.coef_, model.intercept_, model.n_features_in_ = np.eye(1, 8000)[0], 0.0, 8000
    explanation = explain(model, X, X[:, 0], methods=["shap"])
    assert "shap explained 2,500 of 2,600 rows" in dict(explanation.header.skipped).values()
    assert explanation.rows[0].feature == "x0"
    assert explanation.rows[0].note.endswith("2,500 of 2,600 rows")
