"""Training rows are encoded without their fold; which rows share one depends on the kind of value.

Six rows, two values, three folds. Where values are spread over the folds, each fold holds each
value once, and a row is encoded by the mean of the other two rows of its value.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from expecting import PORTABLE, Runtime, dates, durations, objects

Y = np.array([1.0, 2, 4, 10, 20, 40])
OTHER_TWO = [3.0, 2.5, 1.5, 30.0, 25.0, 15.0]

SPREAD = {
    "text": objects(*"aaabbb"),
    "text of today": pd.Series(list("aaabbb")),
    "nullable text": pd.Series(list("aaabbb"), dtype="string"),
    "empty text": objects("", "", "", "b", "b", "b"),
    "integers": pd.Series([1, 1, 1, 2, 2, 2]),
    "nullable integers": pd.Series([1, 1, 1, 2, 2, 2], dtype="Int64"),
    "whole floats": pd.Series([1.0, 1, 1, 2, 2, 2]),
    "truth": pd.Series([True] * 3 + [False] * 3),
    "categories": pd.Series(list("aaabbb"), dtype="category"),
    "dates": dates(*["2020-01-02"] * 3, *["2020-01-03"] * 3),
    "categories of dates": dates(*["2020-01-02"] * 3, *["2020-01-03"] * 3).astype("category"),
    "text of numpy": objects(*"aaa", *map(np.str_, "bbb")),
    "text before and after a NUL": objects(*["a\0"] * 3, *"aaa"),
    "durations": durations(*["1 days"] * 3, *["2 days"] * 3),
}
BY_ROW = {
    "text with a gap": objects(*"aaabb", None),
    "text before numbers": objects(*"aaa", 1, 1, 1),
    "text before truth": objects(*"aaa", True, True, True),
    "categories of dates with a zone": dates(*["2020-01-02"] * 3, *["2020-01-03"] * 3)
    .dt.tz_localize("UTC")
    .astype("category"),
    "fractions": pd.Series([1.5, 1.5, 1.5, 2, 2, 2]),
    "infinite": pd.Series([np.inf] * 3 + [1.0] * 3),
    "integers as objects": objects(1, 1, 1, 2, 2, 2),
    "truth as objects": objects(True, True, True, False, False, False),
    "dates of a zone": dates(*["2020-01-02"] * 3, *["2020-01-03"] * 3).dt.tz_localize("UTC"),
}


def encoded(column):
    runtime = Runtime(PORTABLE)
    folded = runtime(
        "featurization.generic.crossvalidation_target_encoder", "CrossValidationTargetEncoder"
    )
    blended = runtime("featurization.generic.countbased_target_encoder", "CountBasedTargetEncoder")
    # So few rows to blend at that a value's own mean has all the weight.
    encoder = folded(blended, task="regression", num_folds=3, blending_param=-1000)
    return encoder.fit_transform(column, pd.Series(Y)).ravel()


@pytest.mark.parametrize("kind", SPREAD)
def test_values_are_spread_over_the_folds(kind):
    np.testing.assert_allclose(encoded(SPREAD[kind]), OTHER_TWO)


@pytest.mark.parametrize("kind", BY_ROW)
def test_rows_are_spread_where_values_cannot_be_told_apart(kind):
    assert not np.allclose(encoded(BY_ROW[kind]), OTHER_TWO)


@pytest.mark.parametrize("kind", [kind for kind in BY_ROW if "gap" not in kind])
def test_folds_of_rows_do_not_depend_on_the_values(kind):
    np.testing.assert_allclose(encoded(BY_ROW[kind]), encoded(BY_ROW["integers as objects"]))


def test_too_few_rows_of_every_value_are_spread_by_row():
    column = objects(*"aabbcc")
    assert len(encoded(column)) == len(Y)
    assert np.isfinite(encoded(column)).all()
