"""What the quick way of small tables is held to: rows that the model itself predicts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier
from sklearn.ensemble import RandomForestClassifier, VotingClassifier
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer
from xgboost import XGBClassifier

from codegen_fi.runtime.importance import explain, proof
from codegen_fi.runtime.importance.anatomy import take_apart
from codegen_fi.runtime.importance.blocks import blocks_of
from codegen_fi.runtime.importance.lineage import Lineage, identity
from codegen_fi.runtime.importance.permutation import shuffled_orders
from codegen_fi.runtime.importance.proof import Proof, ProofError
from codegen_fi.runtime.importance.quick import Trees
from codegen_fi.runtime.importance.rescoring import reordered
from codegen_fi.runtime.importance.scoring import scorer_for
from codegen_fi.runtime.importance.trees.sums import Sums

RANDOM = np.random.default_rng(5)


@pytest.fixture(scope="module")
def table():
    X = pd.DataFrame(RANDOM.integers(0, 9, (300, 4)).astype(float), columns=list("abcd"))
    return X, np.where(X["a"] + X["b"] * X["c"] > 20, "high", "low")


def vote(X, y):
    members = [
        ("trees", LGBMClassifier(n_estimators=9, verbose=-1, n_jobs=1)),
        ("more", XGBClassifier(n_estimators=9, n_jobs=1)),
        ("forest", RandomForestClassifier(9, random_state=0)),
    ]
    return VotingClassifier(members, voting="soft").fit(X, y)


def assert_exact(model, X, y, scoring="neg_log_loss"):
    ours = explain(model, X, y, methods=["permutation"], scoring=scoring, repeats=3, seed=2)
    assert ours.failures == ()
    theirs = permutation_importance(model, X, y, scoring=scoring, n_repeats=3, random_state=2)
    rows = [row for row in ours.rows if row.space == "raw"]
    found = {row.feature: row.importance for row in rows}
    assert [found[name] for name in X.columns] == theirs.importances_mean.tolist()


def quick(model, X, y, scoring="neg_log_loss"):
    _, scorer = scorer_for(scoring, "classification")
    order = shuffled_orders(len(X), 1, 0)[0]
    return blocks_of(take_apart(model, X), X, y, scorer, order), order


def test_the_rows_below_the_table_are_those_of_shuffled_columns():
    X = pd.DataFrame(
        {
            "number": np.arange(60) / 4,
            "text": [f"w{i}" for i in range(60)],
            "kind": pd.Categorical(list("abc") * 20),
            "day": pd.date_range("2026-01-01", periods=60, tz="UTC"),
            "count": pd.array([*range(59), None], dtype="Int64"),
            7: np.arange(60) % 2 == 0,
        },
        index=np.arange(60)[::-1],
    )
    order = shuffled_orders(60, 1, 3)[0]
    # The last two share an engineered column, so that neither is shuffled alone.
    owners = ((0,), (1,), (1,), (2,), (3,), (4, 5))
    lineage = Lineage(tuple(map(str, X.columns)), tuple("uvwxyz"), owners)
    asked = []

    def ask(rows):
        asked.append(rows)
        return np.arange(len(rows))

    held = Proof(X, lineage, order)
    assert held.asked("predict", X, ask)[order].tolist() == list(range(60))
    (rows,) = asked
    assert (rows.dtypes == X.dtypes).all()
    pd.testing.assert_frame_equal(rows[:60], X.iloc[order].reset_index(drop=True))
    blocks = [(0,), (1, 2), (3,), (4,), (5,)]
    found = held.of(blocks, [order])
    assert sorted(found) == [0, 1, 2, 3]
    for place, (at, said) in found.items():
        shuffled = reordered(X, [place], order).iloc[at].reset_index(drop=True)
        given = rows.iloc[said["predict"]].reset_index(drop=True)
        pd.testing.assert_frame_equal(given, shuffled)
    assert held.of(blocks, [np.arange(60)]) == {}
    with pytest.raises(ValueError, match="other rows"):
        held.asked("predict", X.copy(), ask)


def test_a_wide_table_gets_no_more_rows():
    X = np.arange(20.0 * 500).reshape(20, 500)
    order = shuffled_orders(20, 1, 0)[0]
    held = Proof(X, identity([str(i) for i in range(500)]), order)
    asked = []
    held.asked("predict", X, lambda rows: asked.append(rows) or np.zeros(len(rows)))
    assert asked[0].shape == (20 + proof.FEWEST, 500)


def test_what_is_held_to_it_equals_scikit_learn(table):
    X, y = table
    model = vote(X, y)
    blocks, order = quick(model, X, y)
    assert blocks.engine.proof is not None
    assert len(blocks.engine.proof.of([(0,), (1,), (2,), (3,)], [order])) == 4
    assert_exact(model, X, y)


def test_a_quick_way_that_is_wrong_about_shuffled_rows_is_not_believed(table, monkeypatch):
    X, y = table
    model = vote(X, y)
    right = Sums.changed

    def wrong(self, *given):
        totals, unchanged = right(self, *given)
        return [total + total.dtype.type(0.125) for total in totals], unchanged

    monkeypatch.setattr(Sums, "changed", wrong)
    blocks, order = quick(model, X, y)
    with pytest.raises(ProofError):
        blocks.scores([(0,)], [order])
    assert_exact(model, X, y)


def test_trees_that_disagree_about_the_rows_as_they_are_tell_nothing(table, monkeypatch):
    X, y = table

    def failing(*_):
        raise RuntimeError("unknown")

    monkeypatch.setattr(Trees, "predict", failing)
    monkeypatch.setattr(Trees, "reads", lambda _, width: np.zeros(width, dtype=bool))
    assert_exact(vote(X, y), X, y)


@pytest.mark.parametrize("looks_at", ["largest", "first"])
def test_a_featurizer_that_looks_at_other_rows_is_computed_again(table, make_mapper, looks_at):
    X, y = table

    def scaled(rows):
        values = np.asarray(rows, dtype=float)
        return values / (1 + (values.max() if looks_at == "largest" else values.ravel()[0]))

    chains = [([name], FunctionTransformer(scaled)) for name in "abcd"]
    model = Pipeline([("f", make_mapper(chains)), ("m", LGBMClassifier(verbose=-1, n_jobs=1))])
    model.fit(X, y)
    blocks, _ = quick(model, X, y)
    if looks_at == "largest":
        # Shuffling a column leaves its largest value, but rows below the table may not.
        assert blocks.engine.proof is not None
    else:
        assert blocks is None
    assert_exact(model, X, y)


def test_models_that_add_up_in_an_order_of_their_own_are_tried_instead(table):
    X, y = table
    model = LogisticRegression(max_iter=300).fit(X, y)
    blocks, _ = quick(model, X, y)
    assert blocks.engine is not None
    assert blocks.engine.proof is None
    assert_exact(model, X, y)


def test_a_long_table_is_tried_instead(table, monkeypatch):
    X, y = table
    monkeypatch.setattr(proof, "MOST_ROWS", len(X) - 1)
    model = vote(X, y)
    blocks, _ = quick(model, X, y)
    assert blocks.engine is not None
    assert blocks.engine.proof is None
    assert_exact(model, X, y)
