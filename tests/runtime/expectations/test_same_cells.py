"""The same cells give the same matrix, whatever type of column holds them.

The official runtime needs pandas 1.5 and has never seen an Arrow column; what such a column has to
give is what its cells give as objects, and that is compared with the official classes elsewhere.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from expecting import PORTABLE, Runtime
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.impute import SimpleImputer

pa = pytest.importorskip("pyarrow", reason="NOT TESTED: Arrow columns need pyarrow")

RUNTIME = Runtime(PORTABLE)
TEXT_TYPES = [
    *("str", "string[python]", "string[pyarrow]", "category"),
    *(pd.ArrowDtype(kind) for kind in (pa.string(), pa.large_string())),
    pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string())),
]
INTEGER_TYPES = ["Int64", "Int16", *map(pd.ArrowDtype, (pa.int64(), pa.int16()))]
FLOAT_TYPES = ["Float64", pd.ArrowDtype(pa.float64())]
TRUTH_TYPES = ["boolean", pd.ArrowDtype(pa.bool_())]
DATE_TYPES = [
    *("datetime64[ns]", "datetime64[us]", "datetime64[s]"),
    *(pd.ArrowDtype(pa.timestamp(unit)) for unit in ("s", "us", "ns")),
]
# Printable and of one length as text of C: what Arrow can hold as well as Python.
LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4)
MOMENTS = st.datetimes(dt.datetime(1700, 1, 1), dt.datetime(2250, 1, 1)).map(
    lambda moment: pd.Timestamp(moment.replace(microsecond=0))
)


def chains(*, gaps):
    """Chains of the scripts; with gaps those that don't spell the missing cell out."""
    impute = RUNTIME("featurization.categorical.cat_imputer", "CatImputer")
    cast = RUNTIME("featurization.text.stringcast_transformer", "StringCastTransformer")
    label = RUNTIME("featurization.categorical.labelencoder_transformer", "LabelEncoderTransformer")
    dates = RUNTIME("featurization.datetime.datetime_transformer", "DateTimeFeaturesTransformer")
    mark = RUNTIME("featurization.generic.imputation_marker", "ImputationMarker")
    encoder = RUNTIME("featurization.generic.countbased_target_encoder", "CountBasedTargetEncoder")
    wrap = RUNTIME("featurization.utilities", "wrap_in_list")
    hashed = RUNTIME(
        "featurization.categorical.hashonehotvectorizer_transformer",
        "HashOneHotVectorizerTransformer",
    )
    one_hot = CountVectorizer(tokenizer=wrap, token_pattern=None, lowercase=False, binary=True)
    entries = [
        ("c", [impute(), cast(), label()]),
        ("c", [impute(), cast(), dates()]),
        ("c", [dates()]),
        (["c"], [mark()]),
        ("c", [mark()]),
        ("c", [encoder(1, 1, "regression")]),
    ]
    plain = [("c", [cast(), one_hot]), ("c", [cast(), hashed(num_cols=13)])]
    return entries if gaps else entries + plain


def matrix(column, entries):
    mapper = RUNTIME("sklearn_pandas.dataframe_mapper", "DataFrameMapper")
    fitted = mapper(features=entries, input_df=True, sparse=True)
    trained = fitted.fit_transform(column.to_frame("c"), np.arange(float(len(column))))
    later = fitted.transform(column.iloc[::-1].to_frame("c"))
    return [block.toarray() if hasattr(block, "toarray") else block for block in (trained, later)]


def same_in(cells, plain, types, entries):
    expected = matrix(pd.Series(cells, dtype=plain), entries)
    for dtype in types:
        got = matrix(pd.Series(cells, dtype=dtype), entries)
        for one, other in zip(expected, got, strict=True):
            np.testing.assert_array_equal(other, one, err_msg=str(dtype))


def lists(cells, *, gaps):
    return st.lists(st.none() | cells if gaps else cells, min_size=2, max_size=8).filter(
        lambda values: any(value is not None for value in values)
    )


@settings(max_examples=15, deadline=None)
@given(cells=lists(LETTERS, gaps=True))
def test_text_with_gaps(cells):
    same_in(cells, object, TEXT_TYPES, chains(gaps=True))


@settings(max_examples=6, deadline=None)
@given(cells=lists(LETTERS, gaps=False))
def test_text(cells):
    same_in(cells, object, TEXT_TYPES, chains(gaps=False))


@settings(max_examples=8, deadline=None)
@given(cells=lists(st.integers(-(2**15), 2**15 - 1), gaps=True))
def test_integers_with_gaps(cells):
    entries = [*chains(gaps=True), (["c"], [SimpleImputer()])]
    same_in(cells, "Int64", INTEGER_TYPES, entries)


@settings(max_examples=8, deadline=None)
@given(cells=lists(st.integers(-(2**15), 2**15 - 1), gaps=False))
def test_integers(cells):
    entries = [*chains(gaps=False), (["c"], [SimpleImputer()])]
    same_in(cells, "int64", INTEGER_TYPES, entries)


@settings(max_examples=8, deadline=None)
@given(cells=lists(st.floats(-1e9, 1e9), gaps=True))
def test_floats_with_gaps(cells):
    entries = [*chains(gaps=True), (["c"], [SimpleImputer()])]
    same_in(cells, "float64", FLOAT_TYPES, entries)


@settings(max_examples=6, deadline=None)
@given(cells=lists(st.booleans(), gaps=True))
def test_truth_with_gaps(cells):
    same_in(cells, object, TRUTH_TYPES, chains(gaps=True))


@settings(max_examples=6, deadline=None)
@given(cells=lists(st.booleans(), gaps=False))
def test_truth(cells):
    same_in(cells, "bool", [*TRUTH_TYPES, "category"], chains(gaps=False))


@settings(max_examples=8, deadline=None)
@given(cells=lists(MOMENTS, gaps=True))
def test_dates_with_gaps(cells):
    same_in(cells, "datetime64[ns]", DATE_TYPES, chains(gaps=True))


@settings(max_examples=6, deadline=None)
@given(cells=lists(st.dates(dt.date(1700, 1, 1), dt.date(2250, 1, 1)), gaps=True))
def test_days_with_gaps(cells):
    same_in(cells, object, [pd.ArrowDtype(pa.date32())], chains(gaps=True))


@pytest.mark.parametrize("years", [(3000, 2020), (2020, 1500, None), (9999, 9999, 2020)])
def test_dates_that_nanoseconds_cannot_hold(years):
    """As objects they were the only way to have such dates; coarser units came with pandas 2."""
    cells = [None if year is None else dt.datetime(year, 1, 2, 3) for year in years]
    same_in(cells, object, ["datetime64[s]", "datetime64[us]"], chains(gaps=True))
