"""All rows are scored unless that goes beyond a counted budget, and then everything says so."""

from __future__ import annotations

import argparse
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier, LGBMRegressor
from scipy.sparse import csr_matrix
from scipy.sparse import random as random_sparse
from sklearn.datasets import load_diabetes
from sklearn.ensemble import (
    ExtraTreesRegressor,
    GradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
    VotingRegressor,
)
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import Pipeline
from sklearn.svm import SVR
from xgboost import XGBRegressor

from codegen_fi.runtime.importance import budget, explain, plot
from codegen_fi.runtime.importance.anatomy import take_apart
from codegen_fi.runtime.importance.budget import work_of
from codegen_fi.runtime.importance.effort import PER_SCORE, steps_of_row
from codegen_fi.runtime.importance.lookups import lookups_of
from codegen_fi.runtime.importance.trees.read import forest_in
from codegen_fi.runtime.run_budget import BUDGET
from codegen_fi.runtime.run_options import add_local_arguments

MILLION = 1_000_000


def table(columns, rows=4_000, seed=0):
    values = np.random.default_rng(seed).normal(size=(rows, columns))
    return pd.DataFrame(values, columns=[f"c{i}" for i in range(columns)])


def work(model, X, repeats=5, groups=(), **options):
    return work_of(take_apart(model, X), X, repeats, groups, **options)


def test_a_million_rows_of_thirty_columns_are_all_scored():
    X = table(30)
    model = LGBMRegressor(n_estimators=300, verbose=-1, n_jobs=1).fit(X, X.sum(axis=1))
    assert work(model, X, repeats=10).rows() >= MILLION


@pytest.mark.parametrize(
    ("model", "stored"),
    [(KNeighborsRegressor(), 40_000), (SVR(C=0.01), 2_000)],
    ids=["neighbours", "svr"],
)
def test_what_would_take_hours_is_not(model, stored):
    X = table(30, rows=stored)
    y = X.sum(axis=1) + np.random.default_rng(1).normal(size=len(X))
    found = work(model.fit(X, y), X)
    assert 1_000 < found.rows() < MILLION
    assert "hours of one processor" in found.why(MILLION)
    assert BUDGET in found.why(MILLION)


@pytest.mark.parametrize("walked", [False, True])
def test_work_counts_what_is_shuffled_and_read(walked):
    X = table(12)
    model = LGBMRegressor(n_estimators=20, verbose=-1, n_jobs=1)
    model.fit(X, X["c0"] + X["c1"])
    used = model.booster_.feature_importance("split") > 0
    idle = tuple(f"c{i}" for i in np.flatnonzero(~used))
    once, twice, thrice = (work(model, X, i, walked=walked).steps for i in (1, 2, 3))
    assert thrice - twice == pytest.approx(twice - once, rel=0.01)
    both = work(model, X, 1, [("pair", ("c0", "c1"))], walked=walked).steps
    assert 0 < both - once < once
    assert idle
    assert work(model, X, 1, [("idle", idle)], walked=walked).steps == once
    assert work(model, X, "auto").steps == work(model, X, 30).steps


def test_the_members_of_an_ensemble_add_up():
    X = table(6)
    y = X.sum(axis=1)
    forest = LGBMRegressor(n_estimators=20, verbose=-1, n_jobs=1)
    both = VotingRegressor([("a", forest), ("b", Ridge())]).fit(X, y)
    alone = sum(work(member, X).steps for member in both.estimators_)
    scored_once = PER_SCORE * 5 * len(X.columns)
    assert work(both, X).steps == pytest.approx(alone - scored_once)


def test_equal_values_are_counted_once_however_often_they_are_shuffled():
    X = table(6)
    y = X.sum(axis=1)
    model = LGBMRegressor(n_estimators=50, verbose=-1, n_jobs=1)
    many = model.fit(X, y)
    different = [work(many, X, i).steps for i in (5, 10)]
    few = (X > 0).astype(float)
    model = LGBMRegressor(n_estimators=50, verbose=-1, n_jobs=1).fit(few, few.sum(axis=1))
    same = [work(model, few, i).steps for i in (5, 10)]
    assert different[1] > 1.5 * different[0]
    assert same[1] - same[0] < 1.5 * PER_SCORE * 5 * len(X.columns)


@pytest.mark.parametrize(
    "model",
    [
        LGBMRegressor(n_estimators=50, verbose=-1, n_jobs=1),
        XGBRegressor(n_estimators=50, n_jobs=1),
        RandomForestRegressor(20, min_samples_leaf=0.01, random_state=0),
        GradientBoostingRegressor(n_estimators=50),
    ],
    ids=lambda model: type(model).__name__,
)
def test_looking_up_is_counted_by_the_trees_that_look_at_a_column(model):
    X = table(6)
    model.fit(X, X["c0"] + 0.1 * X["c1"])
    anatomy = take_apart(model, X)
    found, forest = lookups_of(model, X.to_numpy()), forest_in(model, 6)
    tests = forest.tests
    for column in range(6):
        assert found.touching([column]) == len(set(tests.tree[tests.feature == column]))
    assert found.touching([0, 1]) == len(set(tests.tree[tests.feature <= 1]))
    assert found.touching([0]) > found.touching([5])
    assert work_of(anatomy, X, 5).steps < work_of(anatomy, X, 5, walked=True).steps


def test_trees_too_large_to_be_looked_up_are_counted_as_walked():
    X = table(6)
    model = ExtraTreesRegressor(3, random_state=0).fit(X, X.sum(axis=1))
    assert lookups_of(model, X.to_numpy()) is None
    assert work(model, X).steps == work(model, X, walked=True).steps


def test_linear_models_over_sparse_rows_are_counted_by_what_a_row_stores():
    rows = random_sparse(2_000, 5_000, density=0.004, format="csr", random_state=0)
    model = Ridge().fit(rows, np.arange(2_000.0))
    found = lookups_of(model, rows)
    assert found.changed([0]) < 20 * 10
    assert steps_of_row(model, 20) < 20 * 10
    assert lookups_of(model, rows.toarray()) is None


def test_neighbours_are_counted_by_the_way_they_are_found():
    X = table(20, rows=3_000)
    y = X.sum(axis=1)
    few, many = X.iloc[:, :3], X
    in_a_tree = steps_of_row(KNeighborsRegressor().fit(few, y), 3)
    compared = steps_of_row(KNeighborsRegressor(algorithm="brute").fit(few, y), 3)
    assert in_a_tree < compared
    assert steps_of_row(KNeighborsRegressor().fit(many, y), 20) > compared
    stored = csr_matrix(X.to_numpy()[:100])
    one_by_one = KNeighborsRegressor(metric="manhattan", algorithm="brute").fit(stored, y[:100])
    multiplied = KNeighborsRegressor(algorithm="brute").fit(stored, y[:100])
    assert steps_of_row(one_by_one, 20) > steps_of_row(multiplied, 20)


def test_only_work_beyond_the_budget_is_counted_tree_by_tree(monkeypatch):
    X = table(6)
    model = LGBMRegressor(n_estimators=50, verbose=-1, n_jobs=1).fit(X, X.sum(axis=1))
    anatomy = take_apart(model, X)
    walked, looked_up = work(model, X, walked=True), work(model, X)
    assert budget.counted(anatomy, X, 5, ()) == walked
    # Beyond it as walked, within it as looked up: nothing is drawn.
    between = (walked.steps + looked_up.steps) / 2 * len(X)
    monkeypatch.setattr(budget, "MOST_STEPS", between)
    assert budget.counted(anatomy, X, 5, ()) == looked_up
    assert explain(model, X, X.sum(axis=1), methods=["permutation"]).header.skipped == ()
    monkeypatch.setattr(budget, "MOST_STEPS", looked_up.steps * 1_999)
    result = explain(model, X, X.sum(axis=1), methods=["permutation"])
    assert (result.header.rows_used, result.header.rows_available) == (1_900, 4_000)


def test_memory_counts_what_is_stored(make_mapper):
    words = [f"w{i} w{i % 7}" for i in range(3_000)]
    X = pd.DataFrame({"words": words, "size": np.arange(3_000.0)})
    entries = [("words", CountVectorizer()), (["size"], SimpleImputer())]
    model = Pipeline([("f", make_mapper(entries)), ("m", Ridge())]).fit(X, X["size"])
    wide = model[0].transform(X).shape[1] * 8
    found = work(model, X)
    assert found.size < wide / 10, "a sparse matrix is not its dense size"
    dense = random_sparse(2_000, 5_000, density=1.0, random_state=0).toarray()
    ridge = Ridge().fit(dense[:100], dense[:100, 0])
    needed = work(ridge, dense)
    assert needed.size > dense.shape[1] * 8
    assert needed.rows() < MILLION
    assert "GiB of memory" in needed.why(MILLION)


def test_a_featurizer_that_mixes_rows_is_counted_as_run_again(make_mapper, batch_centred):
    X = table(2)
    quick = Pipeline([("f", make_mapper([(["c0"], SimpleImputer())])), ("m", Ridge())])
    mixing = Pipeline([("f", make_mapper([(["c0"], batch_centred())])), ("m", Ridge())])
    y = X.sum(axis=1)
    assert work(mixing.fit(X, y), X).steps > work(quick.fit(X, y), X).steps


@pytest.fixture
def tight(monkeypatch):
    """Leave work for some 1,500 rows of `noisy`."""
    X, y = noisy()
    found = work(Ridge().fit(X, y), X)
    monkeypatch.setattr(budget, "MOST_STEPS", found.steps * 1_599)
    monkeypatch.setattr(budget, "FEWEST_ROWS", 10)
    return X, y


def noisy():
    X = table(5, rows=3_000)
    return X, X.sum(axis=1) + np.random.default_rng(1).normal(size=len(X))


def test_beyond_the_budget_rows_are_drawn_and_everything_says_so(tight):
    X, y = tight
    model = Ridge().fit(X, y)
    result = explain(model, X, y, methods=["permutation"])
    assert (result.header.rows_used, result.header.rows_available) == (1_500, 3_000)
    ((what, said), *_) = result.header.skipped
    assert what == "rows"
    assert "permutation used 1,500 of 3,000 rows: all would take about" in said
    assert "and the budget is" in said
    assert b"n=1,500 of 3,000" in plot.svg(result.rows, asdict(result.header))


def test_the_rows_drawn_are_those_of_their_number(tight):
    X, y = tight
    model = Ridge().fit(X, y)
    drawn = explain(model, X, y, methods=["permutation"])
    assert drawn == explain(model, X, y, methods=["permutation"])
    assert drawn.rows == explain(model, X, y, methods=["permutation"], max_rows=1_500).rows


@pytest.mark.parametrize("everything", ["all", None])
def test_all_means_all(tight, everything):
    X, y = tight
    result = explain(Ridge().fit(X, y), X, y, methods=["permutation"], max_rows=everything)
    assert (result.header.rows_used, result.header.skipped) == (3_000, ())


def test_other_methods_take_their_own_rows(tight):
    X, y = tight
    model = Ridge().fit(X, y)
    both = explain(model, X, y, methods=["permutation", "shap"])
    alone = explain(model, X, y, methods=["shap"])
    of_shap = [row for row in both.rows if row.method == "shap"]
    assert repr(of_shap) == repr(list(alone.rows))
    assert alone.header.rows_used == 3_000
    assert both.header.rows_used == 1_500


def test_sample_weights_go_with_the_rows_drawn(tight):
    X, y = tight
    model = Ridge().fit(X, y)
    weights = np.where(np.arange(len(X)) < 1_500, 1.0, 0.0)
    result = explain(model, X, y, methods=["permutation"], sample_weight=weights)
    some = explain(model, X, y, methods=["permutation"], sample_weight=weights, max_rows=1_500)
    assert (result.failures, result.rows) == ((), some.rows)


def test_a_rare_label_keeps_a_row(monkeypatch):
    X = table(3, rows=3_000)
    y = np.where(X["c0"] > 0, "b", "a").astype(object)
    y[2_999] = "rare"
    model = GaussianNB().fit(X, y)
    monkeypatch.setattr(budget, "MOST_STEPS", work(model, X).steps * 50)
    monkeypatch.setattr(budget, "FEWEST_ROWS", 10)
    for seed in range(3):
        result = explain(
            model, X, y, methods=["permutation"], scoring="roc_auc_ovr_weighted", seed=seed
        )
        assert result.failures == ()
        assert result.header.rows_used in {50, 51}


def test_the_engineered_space_goes_first(monkeypatch, make_mapper):
    from codegen_fi.runtime.importance import permuting

    X = table(3, rows=300)
    X["word"] = [f"w{i % 20}" for i in range(300)]
    entries = [("word", CountVectorizer()), (["c0", "c1", "c2"], SimpleImputer())]
    model = Pipeline([("f", make_mapper(entries)), ("m", Ridge())]).fit(X, X["c0"])
    spaces = set(explain(model, X, X["c0"], methods=["permutation"]).to_frame().space)
    assert spaces == {"raw", "engineered"}
    monkeypatch.setattr(permuting, "_WORTH_COUNTING", 0)
    monkeypatch.setattr(permuting, "ENGINEERED_STEPS", 1)
    result = explain(model, X, X["c0"], methods=["permutation"])
    assert set(result.to_frame().space) == {"raw"}
    (reason,) = dict(result.header.skipped).values()
    assert "23 columns times 5 repeats are 115 scorings of 300 rows" in reason


@pytest.mark.parametrize(
    "model",
    [
        LogisticRegression(),
        RandomForestClassifier(5, random_state=0),
        LGBMClassifier(n_estimators=5, verbose=-1, n_jobs=1),
        GaussianNB(),
    ],
    ids=lambda model: type(model).__name__,
)
def test_within_the_budget_nothing_changes(model):
    X = table(4, rows=1_200)
    model.fit(X, X["c0"] > 0)
    auto = explain(model, X, X["c0"] > 0, methods=["permutation"])
    every = explain(model, X, X["c0"] > 0, methods=["permutation"], max_rows="all")
    assert auto == every


def test_a_word_that_is_no_number_is_refused():
    X, y = load_diabetes(return_X_y=True)
    with pytest.raises(ValueError, match="must be a number, 'auto' or 'all', got 'most'"):
        explain(Ridge().fit(X, y), X, y, max_rows="most")


def test_the_help_states_the_budget():
    parser = argparse.ArgumentParser()
    add_local_arguments(parser)
    assert BUDGET in " ".join(parser.format_help().split())
