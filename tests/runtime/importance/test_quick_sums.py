"""Sums over trees and over coefficients against the libraries' own predictions, bit by bit."""

from __future__ import annotations

import json
import pickle
from unittest.mock import patch

import numpy as np
import pytest
from lightgbm import LGBMClassifier, LGBMRegressor
from scipy.sparse import csr_matrix
from scipy.sparse import random as sparse_random
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import (
    ElasticNet,
    LassoLars,
    LinearRegression,
    LogisticRegression,
    PoissonRegressor,
    Ridge,
    SGDClassifier,
    SGDRegressor,
)
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from xgboost import XGBClassifier, XGBRegressor

from codegen_fi.runtime.importance.changed import changed_by, values_of
from codegen_fi.runtime.importance.linear_sums import LinearSums
from codegen_fi.runtime.importance.matrices import Mixed, same
from codegen_fi.runtime.importance.permutation import shuffled_orders
from codegen_fi.runtime.importance.quick import Trees, quick_of
from codegen_fi.runtime.importance.trees import together
from codegen_fi.runtime.importance.trees.forest import MOST_LEAVES
from codegen_fi.runtime.importance.trees.nodes import Nodes
from codegen_fi.runtime.importance.trees.numbering import numbered
from codegen_fi.runtime.importance.trees.read import forest_in
from codegen_fi.runtime.importance.trees.ubjson import arrays
from codegen_fi.runtime.importance.trees.words import FEW, MANY, all_but, bits_of, first, places

RANDOM = np.random.default_rng(7)
BLOCKS = ([0], [2, 4], [1], [3])
# Trees taken one by one, a few at a time, and all together.
TREES_AT_ONCE = ((0, 1), (4000, 1), (1 << 20, 1))

CLASSIFIERS = {
    "lightgbm": (LGBMClassifier, {"min_child_samples": 2, "verbose": -1, "n_jobs": 1}),
    "xgboost": (XGBClassifier, {"n_jobs": 1}),
    "forest": (RandomForestClassifier, {"random_state": 0}),
    "extra trees": (ExtraTreesClassifier, {"random_state": 0}),
    "boosted": (GradientBoostingClassifier, {"random_state": 0}),
    "tree": (DecisionTreeClassifier, {"random_state": 0}),
}
REGRESSORS = {
    "lightgbm": (LGBMRegressor, CLASSIFIERS["lightgbm"][1]),
    "xgboost": (XGBRegressor, {"n_jobs": 1}),
    "forest": (RandomForestRegressor, {"random_state": 0}),
    "extra trees": (ExtraTreesRegressor, {"random_state": 0}),
    "boosted": (GradientBoostingRegressor, {"random_state": 0}),
    "tree": (DecisionTreeRegressor, {"random_state": 0}),
}


def sized(kind, leaves):
    """How each library is told how large a tree may grow."""
    if kind == "xgboost":
        return {"grow_policy": "lossguide", "max_leaves": leaves, "max_depth": 0, "n_estimators": 6}
    if kind == "tree":
        return {"max_leaf_nodes": leaves}
    name = "num_leaves" if kind == "lightgbm" else "max_leaf_nodes"
    return {name: leaves, "n_estimators": 6}


def table(rows=300, missing=False):
    X = np.round(RANDOM.normal(size=(rows, 5)), 1)
    score = X[:, 0] * 2 + X[:, 1] ** 2 + np.sin(7 * X[:, 2]) + RANDOM.normal(size=rows) / 9
    if missing:
        X[RANDOM.random(X.shape) < 0.2] = np.nan
    return X, score


def classes_of(score, classes):
    return np.digitize(score, np.quantile(score, np.arange(1, classes) / classes))


def assert_exact(quick, model, matrix, names, blocks=BLOCKS, repeats=3):
    """Compare the quick answers with the model's own for rows put together."""
    orders = shuffled_orders(matrix.shape[0], repeats, 3)
    asked = []
    for block in blocks:
        values = values_of(matrix, block)
        asked.append((np.array(block), values, changed_by(values, orders)))
    for name in names:
        before = np.asarray(getattr(model, name)(matrix))
        mixed = [Mixed(matrix, each).rows(todo.rows, todo.sources) for each, _, todo in asked]
        after = [np.asarray(getattr(model, name)(rows)) for rows in mixed]
        assert all(map(len, after))
        for at_once, worth in TREES_AT_ONCE:
            with (
                patch.object(together, "AT_ONCE", at_once),
                patch.object(together, "WORTH", worth),
            ):
                answers, unchanged, rows = quick.predict(name, asked)
            assert same(np.asarray(unchanged), before[rows], bits=True)
            for expected, answer in zip(after, answers, strict=True):
                assert same(np.asarray(answer), expected, bits=True)


def quick(model, X):
    """Take a model apart, as a process that is sent it does."""
    forest = pickle.loads(pickle.dumps(forest_in(model, X.shape[1])))
    return Trees(forest, lambda i: X[:, i], len(X))


@pytest.mark.parametrize("leaves", [2, 32, 33, 65, 300])
@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("kind", CLASSIFIERS)
def test_trees_of_classifiers(kind, classes, leaves):
    cls, options = CLASSIFIERS[kind]
    X, score = table(900 if leaves == 300 else 300)
    model = cls(**options, **sized(kind, leaves)).fit(X, classes_of(score, classes))
    assert_exact(quick(model, X), model, X, ["predict_proba", "predict"])


@pytest.mark.parametrize("leaves", [2, 64, 300])
@pytest.mark.parametrize("kind", REGRESSORS)
def test_trees_of_regressors(kind, leaves):
    cls, options = REGRESSORS[kind]
    X, score = table(900 if leaves == 300 else 300)
    model = cls(**options, **sized(kind, leaves)).fit(X, score)
    assert_exact(quick(model, X), model, X, ["predict"])


@pytest.mark.parametrize("kind", ["lightgbm", "xgboost", "forest", "tree"])
def test_values_that_are_missing(kind):
    cls, options = CLASSIFIERS[kind]
    X, score = table(missing=True)
    model = cls(**options, **sized(kind, 40)).fit(X, classes_of(score, 2))
    assert_exact(quick(model, X), model, X, ["predict_proba"])


@pytest.mark.parametrize("leaves", [20, 64, 150])
@pytest.mark.parametrize("kind", ["lightgbm", "xgboost", "forest"])
def test_values_that_differ_from_row_to_row(kind, leaves):
    cls, options = CLASSIFIERS[kind]
    X = RANDOM.normal(size=(500, 5))
    model = cls(**options, **sized(kind, leaves)).fit(X, classes_of(X[:, 0] * X[:, 2] + X[:, 4], 3))
    assert changed_by(values_of(X, [0]), shuffled_orders(500, 3, 3)).every
    X[:, 3] = np.round(X[:, 3])
    assert_exact(quick(model, X), model, X, ["predict_proba"])


@pytest.mark.parametrize("missing", ["none", "zero", "nan"])
@pytest.mark.parametrize("classes", [0, 2, 3])
def test_odd_values_in_lightgbms_trees(missing, classes):
    X, score = table(missing=missing == "nan")
    options = {
        **CLASSIFIERS["lightgbm"][1],
        "n_estimators": 6,
        "zero_as_missing": missing == "zero",
    }
    if classes:
        model, name = LGBMClassifier(**options).fit(X, classes_of(score, classes)), "predict_proba"
    else:
        model, name = LGBMRegressor(**options).fit(X, score), "predict"
    # Values that training hasn't seen, next to limits and far from all.
    X[:20, 2] = [np.nan, 0.0, -0.0, 1e-36, -1e-36, 1e-34, np.inf, -np.inf, 1e300, -1e300] * 2
    assert_exact(quick(model, X), model, X, [name])


@pytest.mark.parametrize("kind", ["xgboost", "forest", "boosted"])
def test_numbers_between_short_ones_are_rounded_as_the_library_does(kind):
    cls, options = CLASSIFIERS[kind]
    X = RANDOM.normal(size=(400, 5))
    y = classes_of(X[:, 0] + X[:, 3], 2)
    model = cls(**options, **sized(kind, 20)).fit(X, y)
    limits = np.unique(X[:, 0].astype(np.float32))
    X[:, 0] = np.nextafter(RANDOM.choice(limits, 400).astype(float), RANDOM.normal(size=400))
    assert_exact(quick(model, X), model, X, ["predict_proba"])


@pytest.mark.parametrize("objective", ["count:poisson", "reg:gamma", "reg:logistic", "reg:tweedie"])
def test_what_xgboost_makes_of_the_sum_is_its_own_affair(objective):
    X, score = table()
    y = (score - score.min() + 1) / (np.ptp(score) + 2)
    model = XGBRegressor(n_estimators=7, objective=objective, n_jobs=1).fit(X, y)
    assert_exact(quick(model, X), model, X, ["predict"])


def test_a_sparse_matrix_leaves_out_what_xgboost_takes_for_missing():
    X = sparse_random(300, 6, 0.4, format="csr", random_state=1)
    y = np.asarray(X[:, [0, 2]].sum(axis=1)).ravel() > 0.3
    for model in (XGBClassifier(n_estimators=5, n_jobs=1), RandomForestClassifier(5)):
        model.fit(X, y.astype(int))
        absent = np.nan if isinstance(model, XGBClassifier) else 0.0
        dense = np.full(X.shape, absent)
        row = np.repeat(np.arange(300), np.diff(X.indptr))
        dense[row, X.indices] = X.data
        found = quick_of(model, X, lambda i, dense=dense: dense[:, i])
        assert_exact(found, model, X, ["predict_proba"])


def test_more_rows_than_are_taken_at_a_time():
    X, score = table(20_000)
    model = LGBMRegressor(n_estimators=3, verbose=-1, n_jobs=1).fit(X, score)
    assert_exact(quick(model, X), model, X, ["predict"], repeats=1)


@pytest.mark.parametrize(
    "model",
    [
        LGBMRegressor(objective="poisson"),
        LGBMRegressor(linear_tree=True),
        LGBMClassifier(boosting_type="rf", bagging_freq=1, bagging_fraction=0.5),
        LGBMRegressor(num_leaves=MOST_LEAVES + 1, min_child_samples=1),
        XGBRegressor(multi_strategy="multi_output_tree", n_estimators=3),
        DecisionTreeRegressor(),
        GradientBoostingRegressor(init=Ridge(), n_estimators=3),
    ],
    ids=[
        "a link", "linear leaves", "average", "leaves", "vectors", "large", "begins with a model",
    ],
)  # fmt: skip
def test_models_that_are_no_such_sums_are_left_to_their_library(model):
    X = RANDOM.normal(size=(1200, 3))
    y = X[:, 0] > 0 if isinstance(model, LGBMClassifier) else np.arange(1200)
    if getattr(model, "multi_strategy", None):
        y = np.column_stack([y, -y])
    if "LGBM" in type(model).__name__:
        model.set_params(verbose=-1, n_jobs=1)
    assert quick_of(model.fit(X, y), X, lambda i: X[:, i]) is None


def test_early_stopping_leaves_xgboost_to_itself():
    X, score = table()
    model = XGBRegressor(n_estimators=50, early_stopping_rounds=2, learning_rate=1.0)
    model.fit(X, score, eval_set=[(X[:40], RANDOM.normal(size=40))], verbose=False)
    assert model.best_iteration < 49
    assert quick_of(model, X, lambda i: X[:, i]) is None


LINES = {
    "logistic": LogisticRegression(),
    "support vectors": LinearSVC(),
    "gradient descent": SGDClassifier(loss="modified_huber", random_state=0),
    "squares": LinearRegression(),
    "net": ElasticNet(alpha=1e-3),
    "ridge": Ridge(),
    "descent": SGDRegressor(random_state=0),
}


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("kind", LINES)
def test_lines_over_sparse_rows(kind, classes):
    X = sparse_random(400, 9, 0.5, format="csr", random_state=3)
    X.data[::7] *= -1
    score = np.asarray(X[:, [0, 3]].sum(axis=1)).ravel()
    model = LINES[kind]
    classifies = hasattr(model, "classes_") or hasattr(model, "predict_proba") or kind[:4] == "supp"
    model.fit(X, classes_of(score, classes) if classifies else score)
    names = [n for n in ("predict", "predict_proba", "decision_function") if hasattr(model, n)]
    blocks = ([0], [8], [2, 3, 4], [1, 5, 7], [0, 8], list(range(9)))
    assert_exact(quick_of(model, X, None), model, X, names, blocks)


@pytest.mark.parametrize("density", [0.05, 0.6])
def test_lines_over_long_rows_of_different_lengths(density):
    X = sparse_random(200, 150, density, format="csr", random_state=3)
    X = X.multiply(RANDOM.random((200, 1)) < 0.9).tocsr()
    X.eliminate_zeros()
    model = Ridge().fit(X, np.asarray(X.sum(axis=1)).ravel())
    blocks = ([0], list(range(60)), list(range(40, 90, 2)), [149], list(range(150)))
    assert_exact(quick_of(model, X, None), model, X, ["predict"], blocks)


def test_lines_that_are_left_to_their_library():
    X = sparse_random(60, 9, 1.0, format="csr", random_state=3)
    y = np.arange(60.0)
    with pytest.raises(ValueError, match="8 coefficients of 9 columns"):
        LinearSums(Ridge().fit(X[:, :8], y), X)
    few = csr_matrix(X.toarray()[:, :5])
    assert quick_of(Ridge().fit(few, y), few.toarray(), None) is None
    line = LassoLars(alpha=0.01).fit(few.toarray(), y)
    assert line.coef_.any()
    # Its answer is no plain sum, and it is asked in another way.
    counts = PoissonRegressor().fit(few, y)
    found = quick_of(counts, few, None)
    values = values_of(few, [0])
    asked = [(np.array([0]), values, changed_by(values, shuffled_orders(60, 1, 0)))]
    with pytest.raises(ValueError, match="without _decision_function"):
        found.predict("predict", asked)


@pytest.mark.parametrize(("word", "words"), [(FEW, 1), (MANY, 1), (MANY, 2), (MANY, 5), (MANY, 8)])
def test_the_first_leaf_that_is_left_over_is_found_in_its_place(word, words):
    leaves = bits_of(word) * words
    at = places(word, words)
    assert len(set(at.tolist())) == leaves
    each = np.arange(leaves)
    left = all_but(np.zeros(leaves, dtype=int), each, word, words)
    # And alone, without any after it.
    alone = left & all_but(each + 1, np.full(leaves, leaves), word, words)
    for some in (left, alone):
        assert first(some, words).tolist() == at.tolist()
    assert len(np.unique(alone.reshape(leaves, -1), axis=0)) == leaves


def nodes_of(left, right, leaves):
    """A stump without a test, then a tree of these tests."""
    tests = len(left)
    none = np.zeros(tests)
    return Nodes(
        np.array([0, tests]),
        np.array([1, leaves]),
        none,
        none,
        none,
        np.array(left),
        np.array(right),
        [np.zeros(1 + leaves)],
    )


def test_leaves_are_numbered_from_left_to_right_whatever_the_order_of_the_tests():
    # Leaf 4 hangs nowhere: a library cut it off and kept its room.
    found = numbered(nodes_of([2, ~2, ~1], [1, ~5, ~3], 5))
    assert found.place.tolist() == [0, 0, 2, 1, -1, 3]
    assert found.leaves.tolist() == [1, 4]
    assert (found.start.tolist(), found.stop.tolist()) == ([0, 2, 0], [2, 3, 1])


@pytest.mark.parametrize(
    ("left", "right"),
    [([1, 0], [~1, ~2]), ([~1, ~2], [~3, ~1]), ([1, ~1], [1, ~2])],
    ids=["a circle", "two roots", "two ways"],
)
def test_tests_that_are_no_tree_are_refused(left, right):
    with pytest.raises(ValueError, match="don't hang together"):
        numbered(nodes_of(left, right, 3))


def test_the_arrays_of_a_saved_model_are_those_of_its_json():
    X, score = table()
    model = XGBClassifier(n_estimators=4, n_jobs=1).fit(X, classes_of(score, 3))
    booster = model.get_booster()
    raw = bytes(booster.save_raw(raw_format="ubj"))
    text = json.loads(bytes(booster.save_raw(raw_format="json")))
    trees = text["learner"]["gradient_booster"]["model"]["trees"]
    assert len(trees) == 12
    for name in ("left_children", "split_conditions", "default_left", "split_indices"):
        found, sizes = arrays(raw, name)
        assert sizes.tolist() == [len(tree[name]) for tree in trees]
        expected = np.concatenate([tree[name] for tree in trees])
        assert (found == expected.astype(found.dtype)).all()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda raw: raw.replace(b"left_children", b"left_childrem"), "no numbers"),
        (lambda raw: raw.replace(b"left_children[$l", b"left_children[$x", 1), "no numbers"),
        (lambda raw: raw[: raw.rindex(b"left_children") + 60], "another type"),
        (lambda raw: b"left_children[$d".join(raw.rsplit(b"left_children[$l", 1)), "another type"),
    ],
)
def test_an_array_that_isnt_as_expected_is_not_guessed(change, says):
    X, score = table()
    model = XGBRegressor(n_estimators=3, n_jobs=1).fit(X, score)
    raw = bytes(model.get_booster().save_raw(raw_format="ubj"))
    with pytest.raises(ValueError, match=says):
        arrays(change(raw), "left_children")
