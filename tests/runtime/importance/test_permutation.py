"""Permutation importances are scikit-learn's own, bit for bit, whichever way they are computed."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier
from sklearn.datasets import load_diabetes
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import RandomForestRegressor
from sklearn.impute import SimpleImputer
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, MaxAbsScaler
from sklearn.tree import DecisionTreeRegressor

from codegen_fi.runtime.importance import explain
from codegen_fi.runtime.importance.anatomy import take_apart
from codegen_fi.runtime.importance.blocks import blocks_of
from codegen_fi.runtime.importance.permutation import shuffled_orders
from codegen_fi.runtime.importance.scoring import scorer_for


def raw(explanation, method="permutation"):
    frame = explanation.to_frame()
    chosen = frame[(frame.method == method) & (frame.space == "raw") & (frame.model == "model")]
    return chosen.set_index("feature")


def classifier(make_featurizer, kind, X, score):
    labels = np.where(score > np.median(score), "high <b>", "low")
    steps = [("featurization", make_featurizer(kind)), ("preproc", MaxAbsScaler())]
    model = LogisticRegression(max_iter=500)
    return Pipeline([*steps, ("model", model)]).fit(X, labels), labels


def regressor(make_featurizer, kind, X, score):
    model = RandomForestRegressor(12, random_state=0)
    return Pipeline([("featurization", make_featurizer(kind)), ("model", model)]).fit(X, score)


@pytest.mark.parametrize("kind", ["dense", "sparse", "shared"])
@pytest.mark.parametrize("scoring", ["accuracy", "neg_log_loss", "roc_auc"])
def test_classification_equals_scikit_learn_exactly(odd, make_featurizer, kind, scoring):
    X, score = odd
    model, y = classifier(make_featurizer, kind, X, score)
    ours = raw(explain(model, X, y, methods=["permutation"], scoring=scoring, repeats=4, seed=7))
    theirs = permutation_importance(model, X, y, scoring=scoring, n_repeats=4, random_state=7)
    assert ours.loc[X.columns, "importance"].tolist() == theirs.importances_mean.tolist()
    assert ours.loc[X.columns, "std"].tolist() == theirs.importances_std.tolist()


@pytest.mark.parametrize("kind", ["dense", "sparse", "shared"])
def test_regression_equals_scikit_learn_exactly(odd, make_featurizer, kind):
    X, score = odd
    model = regressor(make_featurizer, kind, X, score)
    ours = raw(explain(model, X, score, methods=["permutation"], repeats=3, seed=11))
    theirs = permutation_importance(model, X, score, scoring="r2", n_repeats=3, random_state=11)
    assert ours.loc[X.columns, "importance"].tolist() == theirs.importances_mean.tolist()
    assert ours.loc[X.columns, "std"].tolist() == theirs.importances_std.tolist()


def test_lightgbm_on_sparse_columns_equals_scikit_learn_exactly(odd, make_featurizer):
    X, score = odd
    y = np.where(score > 0, "yes", "no")
    estimator = LGBMClassifier(n_estimators=15, min_child_samples=5, verbose=-1, n_jobs=1)
    steps = [("f", make_featurizer("sparse")), ("s", MaxAbsScaler()), ("m", estimator)]
    model = Pipeline(steps).fit(X, y)
    ours = raw(explain(model, X, y, methods=["permutation"], scoring="neg_log_loss", seed=1))
    theirs = permutation_importance(model, X, y, scoring="neg_log_loss", random_state=1)
    assert ours.loc[X.columns, "importance"].tolist() == theirs.importances_mean.tolist()


def test_a_bare_array_equals_scikit_learn_exactly():
    X, y = load_diabetes(return_X_y=True)
    model = Ridge().fit(X, y)
    ours = raw(explain(model, X, y, methods=["permutation"], seed=5))
    theirs = permutation_importance(model, X, y, scoring="r2", random_state=5)
    names = [f"x{i}" for i in range(X.shape[1])]
    assert ours.loc[names, "importance"].tolist() == theirs.importances_mean.tolist()


def test_engineered_columns_equal_scikit_learn_on_the_matrix(odd, make_featurizer):
    X, score = odd
    model = regressor(make_featurizer, "dense", X, score)
    frame = explain(model, X, score, methods=["permutation"], repeats=3, seed=2).to_frame()
    ours = frame[frame.space == "engineered"].set_index("feature").importance
    matrix = model[0].transform(X)
    theirs = permutation_importance(model[1], matrix, score, n_repeats=3, random_state=2)
    assert ours[["hours per week_0", "größe_0"]].tolist() == theirs.importances_mean.tolist()


def test_the_user_guides_ridge_on_diabetes_is_reproduced():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    X_train, X_val, y_train, y_val = train_test_split(X, y, random_state=0)
    model = Ridge(alpha=1e-2).fit(X_train, y_train)
    result = explain(
        model, X_train, y_train, X_val, y_val, methods=["permutation"], repeats=30, seed=0
    )
    table = raw(result)
    assert result.header.split == "validation"
    assert round(result.header.baseline, 3) == 0.357
    # https://scikit-learn.org/stable/modules/permutation_importance.html
    published = {"s5": (0.204, 0.050), "bmi": (0.176, 0.048), "bp": (0.088, 0.033)}
    for name, (mean, std) in {**published, "sex": (0.056, 0.023)}.items():
        assert round(table.importance[name], 3) == mean
        assert round(table["std"][name], 3) == std
    assert table.index[:4].tolist() == ["s5", "bmi", "bp", "sex"]


def test_a_linear_model_drops_by_twice_the_squared_coefficient():
    random = np.random.default_rng(0)
    X = pd.DataFrame(random.normal(size=(20000, 3)), columns=["a", "b", "c"])
    coef = np.array([3.0, -1.0, 0.0])
    y = X.to_numpy() @ coef
    model = LinearRegression().fit(X, y)
    table = raw(explain(model, X, y, methods=["permutation"], scoring="neg_mean_squared_error"))
    expected = 2 * coef**2 * X.var(ddof=0).to_numpy()
    assert table.loc[["a", "b", "c"], "importance"].to_numpy() == pytest.approx(expected, rel=0.03)


def test_a_constant_model_has_importance_exactly_zero(odd):
    X, score = odd
    model = DummyClassifier().fit(X, score > 0)
    table = raw(explain(model, X, score > 0, methods=["permutation"]))
    assert set(table.importance) == {0.0}
    assert set(table.share) == {0.0}
    assert table.index.tolist() == X.columns.tolist(), "ties keep the column order"


def test_the_planted_column_ranks_first_under_its_odd_name(odd, make_featurizer):
    X, score = odd
    model, y = classifier(make_featurizer, "sparse", X, score)
    table = raw(explain(model, X, y, methods=["permutation"]))
    assert table.index[0] == "hours per week"
    assert set(table.index) == set(X.columns)


def test_a_column_that_no_transformer_reads_is_zero_and_never_scored(odd, make_featurizer):
    X, score = odd
    model, y = classifier(make_featurizer, "sparse", X, score)
    said = []
    result = explain(
        model,
        X,
        y,
        methods=["permutation"],
        progress=lambda done, total, text: said.append((done, total, text)),
    )
    row = raw(result).loc["never read"]
    assert (row.importance, row["std"], row.ci_low, row.ci_high) == (0.0, 0.0, 0.0, 0.0)
    assert row.note == "not used by the featurizer"
    assert "never read" not in [text for _, _, text in said]
    totals = {total for _, total, _ in said}
    assert [done for done, _, _ in said] == list(range(5, 5 * len(said) + 1, 5))
    assert totals == {5 * len(said)}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_columns_changes_no_number(seed):
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    turned = X[np.random.default_rng(seed).permutation(X.columns)]
    forest = DecisionTreeRegressor(max_depth=3, max_features=None, random_state=0).fit(X, y)
    model = Pipeline([("order", FunctionTransformer(lambda Z: Z[X.columns])), ("m", forest)])
    one = raw(explain(model, X, y, methods=["permutation"], seed=seed))
    other = raw(explain(model, turned, y, methods=["permutation"], seed=seed))
    assert one.importance.to_dict() == other.importance.to_dict()


def test_the_interval_is_students_over_the_repeats():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = Ridge().fit(X, y)
    table = raw(explain(model, X, y, methods=["permutation"], repeats=5, seed=3))
    drop = permutation_importance(model, X, y, n_repeats=5, random_state=3).importances[2]
    half = 2.7764451051977987 * drop.std(ddof=1) / np.sqrt(5)
    row = table.loc["bmi"]
    assert row.ci_high - row.importance == pytest.approx(half, rel=1e-9)
    assert row.importance - row.ci_low == pytest.approx(half, rel=1e-9)


def test_one_repeat_has_no_interval():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    table = raw(explain(Ridge().fit(X, y), X, y, methods=["permutation"], repeats=1))
    assert table[["ci_low", "ci_high"]].isna().all(axis=None)
    assert table["std"].eq(0).all()


def test_rows_are_sampled_only_when_asked_and_the_header_says_so():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = Ridge().fit(X, y)
    all_rows = explain(model, X, y, methods=["permutation"])
    some = explain(model, X, y, methods=["permutation"], max_rows=100)
    assert (all_rows.header.rows_used, all_rows.header.skipped) == (442, ())
    assert (some.header.rows_used, some.header.rows_available) == (100, 442)
    assert "100 of 442" in some.header.skipped[0][1]
    assert some == explain(model, X, y, methods=["permutation"], max_rows=100)


def test_the_quick_way_is_taken_for_row_wise_featurizers(odd, make_featurizer):
    X, score = odd
    model, y = classifier(make_featurizer, "sparse", X, score)
    assert quick(model, X, y) is not None


def test_a_featurizer_that_mixes_rows_is_computed_again(odd, make_mapper, batch_centred):
    X, score = odd
    mapper = make_mapper([(["hours per week"], batch_centred()), (["größe"], SimpleImputer())])
    model = Pipeline([("f", mapper), ("m", Ridge())]).fit(X, score)
    assert quick(model, X, score) is None
    result = explain(model, X, score, methods=["permutation"], repeats=2)
    theirs = permutation_importance(model, X, score, n_repeats=2, random_state=0)
    assert raw(result).loc[X.columns, "importance"].tolist() == theirs.importances_mean.tolist()
    assert "equal results" in dict(result.header.skipped).popitem()[1]


def quick(model, X, y):
    _, scorer = scorer_for("accuracy", "classification")
    return blocks_of(take_apart(model, X), X, y, scorer, shuffled_orders(len(X), 1, 0)[0])


def test_too_many_engineered_columns_are_left_out_by_name(odd, make_mapper):
    from sklearn.feature_extraction.text import CountVectorizer

    X, score = odd
    X = X.assign(words=[f"w{i}" for i in range(len(X))])
    mapper = make_mapper([("words", CountVectorizer()), (["hours per week"], SimpleImputer())])
    model = Pipeline([("f", mapper), ("m", Ridge())]).fit(X, score)
    result = explain(model, X, score, methods=["permutation"])
    assert set(result.to_frame().space) == {"raw"}
    assert "241 columns times 5 repeats are 1205 scorings" in json.dumps(result.header.skipped)


def test_data_are_left_as_they_were(odd, make_featurizer):
    X, score = odd
    model, y = classifier(make_featurizer, "shared", X, score)
    before, labels = X.copy(), y.copy()
    explain(model, X, y)
    pd.testing.assert_frame_equal(X, before)
    assert (y == labels).all()


def test_without_a_featurizer_both_spaces_are_the_raw_columns():
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = Pipeline([("s", MaxAbsScaler()), ("m", Ridge())]).fit(X, y)
    frame = explain(model, X, y, methods=["permutation"], repeats=2).to_frame()
    spaces = [frame[frame.space == space].importance.tolist() for space in ("raw", "engineered")]
    assert spaces[0] == spaces[1]
    assert set(frame.feature) == set(X.columns)
