"""Which columns and labels a model takes, and what is said when a table has others."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier
from sklearn.linear_model import Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import StandardScaler

from codegen_fi.runtime.automl.featurization.datetime.datetime_transformer import (
    DateTimeFeaturesTransformer,
)
from codegen_fi.runtime.automl.sklearn_pandas.dataframe_mapper import DataFrameMapper
from codegen_fi.runtime.errors import DataError
from codegen_fi.runtime.model_rows import columns_of, fitting_rows, try_rows

WHERE = Path("data.csv")


@pytest.fixture
def table():
    random = np.random.default_rng(1)
    frame = pd.DataFrame(random.random((60, 3)), columns=["a", "b", "c"])
    frame["label"] = np.where(frame["a"] > 0.5, "yes", "no")
    return frame.assign(code=(frame["label"] == "yes").astype(int), size=frame["a"] * 2)


def features(table):
    return table[["a", "b", "c"]]


@pytest.fixture
def model(table):
    return GaussianNB().fit(features(table), table["label"])


def test_columns_come_in_the_order_of_the_model(model, table):
    turned = table[["label", "c", "size", "a", "code", "b"]]
    rows = fitting_rows(model, turned, "label", WHERE)
    assert list(rows.X.columns) == ["a", "b", "c"]
    assert rows.notes == ("data.csv: size, code left out, which the model doesn't take",)
    try_rows(model, rows)


@pytest.mark.parametrize(
    ("change", "label", "says"),
    [
        (lambda f: f.rename(columns={"b": "B"}), "label", "'b' \\(it has 'B'\\)"),
        (
            lambda f: f,
            "code",
            "none of the labels in 'code' .* 0, 1 \\(whole numbers\\).*'no', 'yes'",
        ),
        (lambda f: f.assign(label=f["label"] == "yes"), "label", "False, True \\(true or false\\)"),
    ],
)
def test_a_table_with_others_is_refused(model, table, change, label, says):
    with pytest.raises(DataError, match=says):
        fitting_rows(model, change(table), label, WHERE)


def test_text_where_the_model_predicts_numbers_is_refused(table):
    model = Ridge().fit(features(table), table["size"])
    with pytest.raises(DataError, match=r"'yes', 'no'|'no', 'yes'"):
        fitting_rows(model, table, "label", WHERE)


def test_labels_of_integers_read_as_floats_are_the_same_classes(table):
    model = GaussianNB().fit(features(table), table["code"])
    rows = fitting_rows(model, table.assign(code=table["code"].astype(float)), "code", WHERE)
    assert not any("never seen" in note for note in rows.notes)


@pytest.mark.parametrize("kind", [GaussianNB, lambda: LGBMClassifier(n_estimators=3, verbose=-1)])
def test_a_model_without_names_takes_as_many_columns_as_it_knows(table, kind):
    model = kind().fit(features(table).to_numpy(), table["label"])
    assert columns_of(model) == ((), False)
    with pytest.raises(
        DataError, match=r"takes 3 columns .* data.csv has 5 besides the label: a, b, c, code, size"
    ):
        fitting_rows(model, table, "label", WHERE)
    with warnings.catch_warnings():
        rows = fitting_rows(model, table[["a", "b", "c", "label"]], "label", WHERE)
        assert any("taken in order" in note for note in rows.notes)
        try_rows(model, rows)


def test_mappers_tell_their_columns_and_their_dates(table):
    # As load_table gives text, whatever pandas calls it.
    table["day"] = pd.Series(["2024-03-05"] * len(table), dtype=object)
    numbers = DataFrameMapper(features=[(["a"], [StandardScaler()])], input_df=True)
    dates = DataFrameMapper(features=[("day", [DateTimeFeaturesTransformer()])], input_df=True)
    union = FeatureUnion([("numbers", numbers), ("dates", dates)])
    typed = table.assign(day=pd.to_datetime(table["day"]))
    model = make_pipeline(union, GaussianNB()).fit(typed, table["label"])
    assert columns_of(model) == (("a", "day"), False)
    rows = fitting_rows(model, table, "label", WHERE)
    assert rows.X["day"].dtype.kind == "M"
    assert len(rows.X.columns) == table.shape[1] - 1
    with pytest.raises(DataError, match="lacks 1 of the 2 columns the model reads: 'day'"):
        fitting_rows(model, table.drop(columns="day"), "label", WHERE)


def test_predictions_of_another_shape_are_refused(model, table):
    rows = fitting_rows(model, table, "label", WHERE)

    class Wide(GaussianNB):
        def predict(self, X):
            return np.zeros((len(X), 2))

    wide = Wide().fit(features(table), table["label"])
    with pytest.raises(DataError, match=r"shape \(5, 2\)"):
        try_rows(wide, rows)


def test_columns_with_spaces_are_those_that_lightgbm_kept_with_underscores(table):
    spaced = table.rename(columns={"a": "monthly fee", "b": "größe in cm"})
    columns = [name for name in spaced.columns if name != "label"]
    model = LGBMClassifier(n_estimators=3, verbose=-1).fit(spaced[columns], spaced["label"])
    # Before LightGBM 4.5 the model doesn't tell its names, and takes the columns in order.
    given = columns[::-1] if hasattr(model, "feature_names_in_") else columns
    rows = fitting_rows(model, spaced[["label", *given]], "label", WHERE)
    assert list(rows.X.columns) == columns
    try_rows(model, rows)
