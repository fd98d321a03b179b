"""The parts that the quick permutation is built of, each against the plain way."""

from __future__ import annotations

import os
import pickle
import time
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier
from scipy.sparse import csr_matrix, hstack, vstack
from scipy.sparse import random as sparse_random
from sklearn.datasets import load_breast_cancer, load_diabetes
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import Ridge
from sklearn.metrics import accuracy_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MaxAbsScaler, StandardScaler

from codegen_fi.runtime.importance import bounds, changed, explain
from codegen_fi.runtime.importance.bounds import Bounds
from codegen_fi.runtime.importance.changed import (
    bits_laid_out,
    changed_by,
    values_in,
    values_of,
)
from codegen_fi.runtime.importance.inputs import Inputs
from codegen_fi.runtime.importance.matrices import Mixed, same
from codegen_fi.runtime.importance.permutation import shuffled_orders
from codegen_fi.runtime.importance.repeating import MOST, Repeats, undecided
from codegen_fi.runtime.importance.rescoring import WholeModel
from codegen_fi.runtime.importance.responses import Answering, Given, Recorder
from codegen_fi.runtime.importance.rows import Measure
from codegen_fi.runtime.importance.scoring import scorer_for
from codegen_fi.runtime.importance.scorings import Counter, score_columns
from codegen_fi.runtime.importance.stored import Stored

RANDOM = np.random.default_rng(7)


def stacked(matrix, columns, rows, sources):
    """Put the rows together from stretches of columns, as a featurizer's union does."""
    moving = np.isin(np.arange(matrix.shape[1]), columns)
    starts = [0, *(np.flatnonzero(np.diff(moving)) + 1).tolist(), matrix.shape[1]]
    parts = [
        matrix[:, start:stop][sources if moving[start] else rows]
        for start, stop in pairwise(starts)
    ]
    return hstack(parts, format="csr")


@pytest.mark.parametrize("columns", [[0], [11], [3, 4, 5], [0, 2, 3, 9, 11], list(range(12))])
@pytest.mark.parametrize("density", [0.0, 0.3, 1.0])
def test_mixed_csr_rows_are_stored_as_if_stacked(columns, density):
    matrix = sparse_random(40, 12, density, format="csr", random_state=1)
    if matrix.nnz:
        matrix.data[::4] = 0.0  # stored zeros stay stored
    rows, sources = RANDOM.integers(0, 40, 70), RANDOM.integers(0, 40, 70)
    found = Mixed(matrix, columns).rows(rows, sources)
    assert same(found, stacked(matrix, columns, rows, sources), bits=True)
    assert found.has_canonical_format


def test_mixed_dense_rows():
    matrix = RANDOM.normal(size=(9, 4))
    rows, sources = np.array([0, 8, 8]), np.array([1, 1, 8])
    expected = matrix[rows]
    expected[:, [1, 3]] = matrix[sources][:, [1, 3]]
    assert (Mixed(matrix, [3, 1]).rows(rows, sources) == expected).all()


@pytest.mark.parametrize("kind", [np.asarray, csr_matrix], ids=["dense", "sparse"])
def test_every_shuffled_row_is_put_together_from_rows_that_are_predicted_once(kind):
    matrix = RANDOM.integers(0, 3, (50, 4)).astype(float)
    orders = shuffled_orders(50, 4, 0)
    block = [1, 3]
    todo = changed_by(values_of(kind(matrix), block), orders)
    assert len(todo.rows) == len(
        np.unique(np.column_stack([todo.rows, matrix[todo.sources][:, block]]), axis=0)
    )
    again = np.repeat(matrix[None], 4, axis=0)
    made = matrix[todo.rows]
    made[:, block] = matrix[todo.sources][:, block]
    for order in range(4):
        rows, which = todo.of(order)
        again[order, rows] = made[which]
    for order, found in zip(orders, again, strict=True):
        expected = matrix.copy()
        expected[:, block] = matrix[order][:, block]
        assert (found == expected).all()
    assert len(todo.places) < 4 * 50
    assert not todo.every


def test_where_all_values_differ_every_row_of_every_order_is_wanted():
    matrix = np.arange(100.0).reshape(50, 2)
    orders = shuffled_orders(50, 3, 1)
    todo = changed_by(values_of(matrix, [1]), orders)
    assert todo.every
    for i, order in enumerate(orders):
        rows, which = todo.of(i)
        assert rows.tolist() == todo.rows[which].tolist() == list(range(50))
        assert (matrix[todo.sources[which], 1] == matrix[order, 1]).all()
    # One value in five stands twice, or one order changes little.
    assert not changed_by(values_of(np.floor(matrix / 2.5), [0]), orders).every
    few = [np.roll(np.arange(50), 1), np.arange(50)]
    assert not changed_by(values_of(matrix, [1]), few).every


@pytest.mark.parametrize("width", [30, 400])
def test_stretches_of_columns_are_found_in_rows_short_and_long(width):
    X = sparse_random(40, width, 0.3, format="csr", random_state=2)
    # Two rows store nothing.
    X = vstack([X[:3], csr_matrix((2, width)), X[5:]], format="csr")
    found = Bounds(X)
    for column in (0, 1, 7, width // 2, width - 1, width):
        expected = [
            start + np.sum(X.indices[start:stop] < column) for start, stop in pairwise(X.indptr)
        ]
        assert found.before(column).tolist() == expected


def test_neighbouring_stretches_are_looked_for_once_within_a_bound(monkeypatch):
    X = sparse_random(40, 30, 0.3, format="csr", random_state=2)
    found = Bounds(X)
    assert found.before(4) is found.before(4)
    monkeypatch.setattr(bounds, "_KEPT_BYTES", 2 * 40 * 8)
    few = Bounds(X)
    first = few.before(4)
    assert [few.before(column) is first for column in (4, 5, 6, 4)] == [True, False, False, False]


def test_a_sparse_column_is_mapped_by_what_it_stores():
    column = Stored(6, np.nan, np.array([1, 4]), np.array([2.0, 7.0], dtype=np.float32))
    asked = []

    def doubled(values):
        asked.append(values.tolist())
        return np.where(np.isnan(values), -1, values * 2)

    assert column.mapped(doubled).tolist() == [-1, 4, -1, -1, 14, -1]
    assert len(asked[0]) == 3


def test_zero_and_minus_zero_and_nan_are_told_apart_by_their_bits():
    column = np.array([[0.0], [-0.0], [np.nan], [0.0], [np.nan], [np.inf]])
    ids = values_of(column, [0]).ids
    assert ids[0] == ids[3] != ids[1]
    assert ids[2] == ids[4]
    assert len(set(ids)) == 4


def test_a_stand_in_answers_to_the_scorer_what_it_was_given():
    X, y = load_breast_cancer(return_X_y=True)
    model = RandomForestClassifier(3, random_state=0).fit(X, y)
    _, scorer = scorer_for("roc_auc", "classification")
    seen = Recorder(model)
    assert scorer(Answering(model, seen), X, y) == scorer(model, X, y)
    assert list(seen.seen) == ["predict_proba"]
    turned = {"predict_proba": seen.seen["predict_proba"][:, ::-1]}
    assert scorer(Answering(model, Given(turned)), None, y) == pytest.approx(
        1 - scorer(model, X, y)
    )
    assert hasattr(Answering(model, seen), "predict_proba")
    assert not hasattr(Answering(Ridge(), seen), "predict_proba")
    assert pickle.loads(pickle.dumps(Answering(model, Given(turned)))).classes_.tolist() == [0, 1]


def test_processes_give_the_same_scores():
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    model = Pipeline([("m", LGBMClassifier(n_estimators=5, verbose=-1, n_jobs=2))]).fit(X, y)
    whole = WholeModel(model, X, y, scorer_for("accuracy", "classification")[1])
    targets, names = [(i,) for i in range(6)], [str(i) for i in range(6)]
    orders = shuffled_orders(len(X), 2, 0)
    said = []
    counter = Counter(lambda *step: said.append(step), 12)
    many = score_columns(whole, targets, names, orders, counter, n_jobs=2, worth=0)
    assert many == score_columns(whole, targets, names, orders, Counter(None, 12), n_jobs=1)
    assert said == [(2 * i + 2, 12, str(i)) for i in range(6)]


def test_processes_are_started_for_columns_that_each_take_long():
    class Tells:
        """Takes its time and tells the process it runs in."""

        def room(self, repeats):
            return 1000

        def scores(self, targets, orders):
            time.sleep(0.02 * len(targets))
            return [[float(os.getpid())] * len(orders) for _ in targets]

    targets, names = [(i,) for i in range(64)], [str(i) for i in range(64)]
    orders = shuffled_orders(5, 1, 0)
    # A pace that is expected to be slow keeps the first piece small.
    options = {"worth": 0.0, "pace": 100.0}
    many = score_columns(Tells(), targets, names, orders, Counter(None, 64), n_jobs=2, **options)
    assert {score for (score,) in many} - {float(os.getpid())}
    one = score_columns(Tells(), targets, names, orders, Counter(None, 64), n_jobs=1, **options)
    assert {score for (score,) in one} == {float(os.getpid())}


def test_a_group_is_shuffled_together(odd, make_featurizer):
    X, score = odd
    y = np.where(score > 0, "high", "low")
    for kind in ("sparse", "shared"):
        model = Pipeline(
            [("f", make_featurizer(kind)), ("m", RandomForestClassifier(9, random_state=0))]
        )
        model.fit(X, y)
        groups = [
            ("numbers", ("hours per week", "größe")),
            ("one", ("a, b",)),
            ("idle", ("never read",)),
        ]
        result = explain(model, X, y, methods=["permutation"], groups=groups, repeats=3, seed=6)
        rows = {row.feature: row for row in result.rows if row.space == "group"}
        drops = []
        for order in shuffled_orders(len(X), 3, 6):
            mixed = X.copy()
            for name in groups[0][1]:
                mixed[name] = X[name].to_numpy()[order]
            drops.append(
                accuracy_score(y, model.predict(X)) - accuracy_score(y, model.predict(mixed))
            )
        assert rows["numbers"].importance == np.mean(drops)
        assert rows["numbers"].raw_feature == "hours per week + größe"
        alone = next(r for r in result.rows if (r.space, r.feature) == ("raw", "a, b"))
        assert (rows["one"].importance, rows["one"].std) == (alone.importance, alone.std)
        assert (rows["idle"].importance, rows["idle"].note) == (0.0, "not used by the featurizer")


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ([("a", ("bmi",)), ("a", ("bp",))], "two groups are named 'a'"),
        ([("a", ())], "'a' has no columns"),
        ([("a", ("bmi", "weight"))], "'a' has a column 'weight', which the data don't"),
        ([("a", ("bmi", "bmi"))], "'a' has the column 'bmi' twice"),
        ("all", "groups must be 'auto' or pairs"),
    ],
)
def test_groups_that_cannot_be_meant_are_refused(groups, message):
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    with pytest.raises(ValueError, match=message):
        explain(Ridge().fit(X, y), X, y, groups=groups)


def test_columns_that_move_together_are_found_and_matter_together():
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    model = RandomForestClassifier(40, random_state=0).fit(X, y)
    result = explain(model, X, y, methods=["permutation"], groups="auto", repeats=3)
    single = max(row.importance for row in result.rows if row.space == "raw")
    together = max(row.importance for row in result.rows if row.space == "group")
    assert together > 3 * single


def measure(values, half):
    values = np.array(values)
    return Measure(values, np.ones(len(values)), values - half, values + half)


def test_the_order_is_decided_when_intervals_lie_apart_or_reach_zero():
    assert undecided(measure([9, 5, 1], 1.5), "abc") == []
    assert undecided(measure([9, 8, 1], 1), "abc") == [("a", "b")]
    assert undecided(measure([9, 0.2, 0.1], 0.3), "abc") == []


@pytest.mark.parametrize("scoring", ["r2", "neg_mean_absolute_error"])
def test_repeats_go_on_until_the_order_is_decided_and_begin_like_any_other(scoring):
    X, y = load_diabetes(return_X_y=True, as_frame=True)
    model = Ridge(alpha=1e-2).fit(X, y)
    auto = explain(model, X, y, methods=["permutation"], scoring=scoring, repeats="auto", seed=2)
    made = auto.header.repeats
    assert 5 < made <= MOST
    plain = explain(model, X, y, methods=["permutation"], scoring=scoring, repeats=made, seed=2)
    assert auto.rows == plain.rows
    ((what, why),) = [told for told in auto.header.skipped if told[0].endswith("repeats")]
    assert what == ("repeats" if "is decided after" in why else "further repeats")
    assert str(made) in why


def test_two_columns_far_apart_need_no_more_repeats():
    X = pd.DataFrame(RANDOM.normal(size=(300, 2)), columns=["much", "less"])
    y = 5 * X["much"] + X["less"]
    result = explain(Ridge().fit(X, y), X, y, methods=["permutation"], repeats="auto")
    assert result.header.repeats == 5
    assert "decided after 5" in result.header.skipped[0][1]


def test_a_fixed_number_of_repeats_is_one_round():
    repeats = Repeats(7)
    assert list(repeats.rounds()) == [(0, 7)]
    assert repeats.told() == []


@pytest.mark.parametrize("columns", [[2], [0, 3, 5], list(range(12))])
def test_a_small_matrix_laid_out_tells_the_same_rows_apart(columns):
    matrix = sparse_random(60, 12, 0.3, format="csr", random_state=1)
    matrix.data = np.round(matrix.data * 2) / 2  # zeros that are stored are not absent ones
    matrix.data[:3] = np.nan
    expected = values_of(matrix, columns)
    found = values_in(bits_laid_out(matrix)[:, columns])
    assert len(found.first) == len(expected.first)
    pairs = set(zip(found.ids.tolist(), expected.ids.tolist(), strict=True))
    assert len(pairs) == len(expected.first)
    assert (found.ids[found.first] == np.arange(len(found.first))).all()


def test_a_number_that_looks_like_none_stored_is_not_laid_out():
    matrix = csr_matrix(np.eye(3))
    assert bits_laid_out(matrix) is not None
    matrix.data[1] = np.array([changed._NOTHING]).view(np.float64)[0]
    assert np.isnan(matrix.data[1])
    assert bits_laid_out(matrix) is None
    assert bits_laid_out(csr_matrix(np.eye(3, dtype=int))) is None


def test_scalers_fitted_alike_scale_once():
    X = sparse_random(50, 4, 0.5, format="csr", random_state=3)
    inputs = Inputs(X)
    first, again = MaxAbsScaler().fit(X), MaxAbsScaler().fit(X)
    other, kind = MaxAbsScaler().fit(X[:20]), StandardScaler(with_mean=False).fit(X)
    made = inputs.through([first])[0]
    assert inputs.through([again])[0] is made
    for scaler in (other, kind):
        found = inputs.through([scaler])[0]
        assert found is not made
        assert same(found, scaler.transform(X), bits=True)
    assert inputs.through([again, kind])[0] is not made
