"""What cannot be featurized is refused in one sentence with the column and the cause."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from expecting import PORTABLE, Runtime, objects
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer

from codegen_fi.runtime.errors import DataError

RUNTIME = Runtime(PORTABLE)


def step(tail, name, **arguments):
    return RUNTIME(f"featurization.{tail}", name)(**arguments)


def fitted(columns, chain, cells, y=None):
    mapper = RUNTIME("sklearn_pandas.dataframe_mapper", "DataFrameMapper")
    frame = pd.DataFrame({"the column": cells})
    return mapper([(columns, chain)], input_df=True, sparse=True).fit(frame, y)


CAST = step("text.stringcast_transformer", "StringCastTransformer")
LABEL = step("categorical.labelencoder_transformer", "LabelEncoderTransformer")
HASH = step("categorical.hashonehotvectorizer_transformer", "HashOneHotVectorizerTransformer")
MEANS = step("generic.countbased_target_encoder", "CountBasedTargetEncoder", task="regression")

REFUSED = {
    "text in place of numbers": (["the column"], [SimpleImputer()], objects("a", "b")),
    "infinite numbers": (["the column"], [SimpleImputer()], pd.Series([1.0, np.inf])),
    "text and numbers to sort": ("the column", [LABEL], objects("a", 1)),
    "a number too large to hash": ("the column", [HASH], objects(2**70)),
    "a missing cell to hash": ("the column", [HASH], objects(None)),
    "a lone surrogate to hash": ("the column", [CAST, HASH], objects("\ud800")),
    "cells that are no text": ("the column", [CountVectorizer()], objects([1], (2,))),
    "numbers in place of text": ("the column", [CountVectorizer()], pd.Series([1, 2])),
    "no word in any text": ("the column", [CAST, TfidfVectorizer()], objects("", " ")),
    "no label": ("the column", [MEANS], objects("a", "b")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_column_the_step_and_the_cause_are_named(what):
    columns, chain, cells = REFUSED[what]
    with pytest.raises(DataError) as caught:
        fitted(columns, chain, cells)
    said = str(caught.value)
    failing = type(chain[-1]).__name__
    assert said.startswith(f"{failing} cannot featurize the column 'the column': ")
    assert str(caught.value.__cause__) in said
    assert said.endswith("Are these values of the kind that the script was made for?")


def test_new_rows_are_refused_as_well():
    mapper = fitted(["the column"], [SimpleImputer()], pd.Series([1.0, 2.0]))
    with pytest.raises(DataError, match="SimpleImputer cannot featurize the column 'the column'"):
        mapper.transform(pd.DataFrame({"the column": ["one"]}))


def test_a_column_that_is_gone_is_named():
    mapper = fitted(["the column"], [SimpleImputer()], pd.Series([1.0, 2.0]))
    with pytest.raises(DataError, match=r"lack the column 'the column'.*Did you mean 'The column'"):
        mapper.transform(pd.DataFrame({"The column": [1.0]}))


def test_a_column_met_twice_is_refused_only_if_it_is_used():
    mapper = fitted(["the column"], [SimpleImputer()], pd.Series([1.0, 2.0]))
    columns = ["the column", "other", "other"]
    assert mapper.transform(pd.DataFrame([[1.0, 2, 3]], columns=columns)).shape == (1, 1)
    with pytest.raises(DataError, match="more than one column called 'the column'"):
        mapper.transform(pd.DataFrame([[1.0, 2]], columns=["the column"] * 2))


def test_no_rows_to_learn_from_are_refused():
    with pytest.raises(DataError, match=r"CountBasedTargetEncoder .*: there are no rows"):
        fitted("the column", [MEANS], objects(), y=pd.Series([], dtype=float))
