"""What hides behind columns that move together is found by shuffling them together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split

from codegen_fi.runtime.importance import explain


@pytest.fixture(scope="module")
def tumours():
    X, y = load_breast_cancer(return_X_y=True, as_frame=True)
    X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=42)
    model = RandomForestClassifier(n_estimators=60, random_state=42).fit(X_train, y_train)
    assert model.score(X_test, y_test) > 0.94
    return explain(
        model,
        *(X_train, y_train, X_test, y_test),
        methods=["permutation", "native"],
        groups="auto",
        repeats=5,
    )


def test_single_columns_of_breast_cancer_seem_to_matter_nothing_and_groups_do(tumours):
    raw = [row for row in tumours.rows if (row.method, row.space) == ("permutation", "raw")]
    groups = [row for row in tumours.rows if row.space == "group"]
    assert len(raw) == 30
    assert max(row.importance for row in raw) < 0.03
    first = max(groups, key=lambda row: row.importance)
    assert first.importance > 3 * max(row.importance for row in raw)
    assert "mean radius" in first.raw_feature.split(" + ")


def test_the_groups_are_those_of_the_header_and_the_notes(tumours):
    groups = {row.feature: row.raw_feature for row in tumours.rows if row.space == "group"}
    assert groups == {g.name: " + ".join(g.columns) for g in tumours.header.correlated}
    together = {column for group in tumours.header.correlated for column in group.columns}
    for row in tumours.rows:
        if row.space == "raw":
            assert ("moves together with" in row.note) == (row.feature in together)


def test_a_duplicated_column_is_named_in_every_row_of_it():
    random = np.random.default_rng(0)
    X = pd.DataFrame(random.normal(size=(200, 3)), columns=["größe", "b", "c"])
    X["twin"] = X["größe"]
    y = 3 * X["größe"] + X["b"]
    result = explain(Ridge().fit(X, y), X, y, repeats=2, methods=["native", "permutation", "shap"])
    noted = {(row.method, row.feature) for row in result.rows if "moves together" in row.note}
    assert noted == {
        (method, name)
        for method in ("native", "native_coef", "permutation", "shap")
        for name in ("größe", "twin")
    }
    (group,) = result.header.correlated
    assert (group.name, group.columns) == ("größe + twin", ("größe", "twin"))


def test_a_noise_column_does_not_reorder_the_rest():
    random = np.random.default_rng(1)
    X = pd.DataFrame(random.normal(size=(300, 4)), columns=list("abcd"))
    y = X @ [4.0, 3, 2, 1]
    noisy = X.assign(noise=random.normal(size=300))

    def order(X):
        result = explain(Ridge().fit(X, y), X, y, methods=["native", "permutation", "shap"])
        return [
            (row.method, row.feature)
            for row in result.rows
            if row.space == "raw" and row.feature != "noise"
        ]

    assert order(noisy) == order(X)


def test_data_that_correlation_chokes_on_cost_no_importances():
    X = pd.DataFrame({"a": np.arange(30.0), "b": [{"k": i} for i in range(30)]})
    model = _OnA().fit(X, X["a"])
    result = explain(model, X, X["a"], methods=["permutation"], repeats=2)
    assert {row.feature for row in result.rows if row.importance > 0} == {"a"}
    assert any("correlation of b" in name for name, _ in result.header.skipped)


class _OnA(Ridge):
    def fit(self, X, y):
        return super().fit(X[["a"]], y)

    def predict(self, X):
        return super().predict(X[["a"]])
