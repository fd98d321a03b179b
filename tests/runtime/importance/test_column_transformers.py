"""A ColumnTransformer's columns are traced, and its pipelines are shuffled by blocks as exactly."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.decomposition import PCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import KBinsDiscretizer, OneHotEncoder, OrdinalEncoder, StandardScaler

from codegen_fi.runtime.importance import explain
from codegen_fi.runtime.importance.column_transformers import outputs_of_transformer
from codegen_fi.runtime.importance.lineage import LineageError, traced

pytestmark = pytest.mark.skipif(
    not hasattr(
        ColumnTransformer([("a", "passthrough", [0])]).fit(np.ones((1, 1))), "output_indices_"
    ),
    reason="NOT TESTED with scikit-learn before 1.0, whose ColumnTransformer doesn't tell",
)
ROWS = 160


@pytest.fixture(scope="module")
def table():
    random = np.random.default_rng(4)
    frame = pd.DataFrame(random.normal(size=(ROWS, 4)), columns=["a", "b", "c", "d"])
    frame["town"] = random.choice(["Ä", "B", "C"], ROWS)
    frame["sex"] = random.choice(["f", "m"], ROWS)
    frame["rest"] = random.normal(size=ROWS)
    frame.loc[::9, "b"] = np.nan
    y = np.where(frame["a"] + (frame["town"] == "B") + frame["c"] > 0.4, "yes", "no")
    return frame, y


def transformer(sparse, remainder="passthrough"):
    return ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(), StandardScaler()), ["a", "b"]),
            ("mixed", PCA(2, random_state=0), ["c", "d"]),
            ("texts", OneHotEncoder(drop="if_binary"), ["town", "sex"]),
        ],
        remainder=remainder,
        sparse_threshold=1.0 if sparse else 0.0,
    )


EXPECTED = [("a",), ("b",), ("c", "d"), ("c", "d"), *[("town",)] * 3, ("sex",), ("rest",)]


def test_steps_known_to_keep_columns_apart_are_seen_through(table):
    X, _ = table
    names, owners = outputs_of_transformer(transformer(False).fit(X), list(X.columns))
    assert owners == EXPECTED
    assert len(set(names)) == len(EXPECTED)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (["b", "a"], "ba"),
        ([1, 0], "ba"),
        (np.array([True, True, False]), "ab"),
        (slice(0, 2), "ab"),
        (make_column_selector("[ab]"), "ab"),
    ],
    ids=["names", "numbers", "marks", "slice", "selector"],
)
def test_columns_are_resolved_however_they_are_given(table, columns, expected):
    X = table[0][["a", "b", "c"]]
    fitted = ColumnTransformer([("ab", OrdinalEncoder(), columns)], remainder="drop").fit(X)
    _, owners = outputs_of_transformer(fitted, list(X.columns))
    assert owners == [(name,) for name in expected]


@pytest.mark.filterwarnings("ignore:Skipping features:UserWarning")
@pytest.mark.parametrize(
    ("step", "columns"),
    [
        (lambda: SimpleImputer(add_indicator=True), ["a", "b"]),
        (SimpleImputer, ["b", "empty"]),
        (lambda: KBinsDiscretizer(3, encode="ordinal"), ["a", "c"]),
        (lambda: OneHotEncoder(max_categories=2), ["town", "sex"]),
    ],
    ids=["marker", "dropped", "bins", "infrequent"],
)
def test_what_may_mix_columns_belongs_to_all_of_them(table, step, columns):
    X = table[0].assign(empty=np.nan)
    fitted = ColumnTransformer([("step", step(), columns)]).fit(X)
    _, owners = outputs_of_transformer(fitted, list(X.columns))
    assert set(owners) == {tuple(columns)}


@pytest.mark.parametrize("sparse", [False, True], ids=["dense", "sparse"])
@pytest.mark.parametrize(
    "final",
    [RandomForestClassifier(9, random_state=0), LogisticRegression()],
    ids=["trees", "line"],
)
def test_a_pipeline_is_permuted_as_scikit_learn_does_and_rolled_up(table, final, sparse):
    X, y = table
    model = make_pipeline(transformer(sparse), final).fit(X, y)
    options = {"scoring": "neg_log_loss", "repeats": 3, "seed": 5}
    result = explain(model, X, y, **options)
    assert result.failures == ()
    theirs = permutation_importance(
        model, X, y, scoring="neg_log_loss", n_repeats=3, random_state=5
    )
    raw = {
        r.feature: r.importance
        for r in result.rows
        if (r.method, r.space) == ("permutation", "raw")
    }
    assert [raw[name] for name in X.columns] == theirs.importances_mean.tolist()
    native = {r.feature: r.share for r in result.rows if (r.method, r.space) == ("native", "raw")}
    assert native.keys() == set(X.columns)
    assert sum(native.values()) == pytest.approx(1)
    engineered = [r for r in result.rows if (r.method, r.space) == ("permutation", "engineered")]
    assert len(engineered) == len(EXPECTED)


def test_a_column_that_the_data_lack_is_named(table):
    X, _ = table
    with pytest.raises(LineageError, match="reads column 'a', which the data don't have"):
        traced(transformer(False).fit(X), [name for name in X.columns if name != "a"])
