"""Dates read and taken apart many at a time are those that pandas reads one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codegen_fi.runtime.automl.featurization.datetime import _parsing
from codegen_fi.runtime.automl.featurization.datetime._fixed_width import read_fixed_width
from codegen_fi.runtime.automl.featurization.datetime._parts import PARTS, parts_of
from codegen_fi.runtime.automl.featurization.datetime.datetime_transformer import (
    DateTimeFeaturesTransformer,
)
from codegen_fi.runtime.automl.featurization.text.stringcast_transformer import (
    StringCastTransformer,
)
from codegen_fi.runtime.automl.sklearn_pandas.dataframe_mapper import DataFrameMapper

LEAST, MOST = pd.Timestamp.min.value, pd.Timestamp.max.value
LAYOUTS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d",
    "%Y%m%d",
    "%d/%m/%Y",
    "%m/%d/%Y %H:%M",
    "%d.%m.%Y %H:%M:%S.%f",
)
# Close together and far apart take different ways.
MOMENTS = st.one_of(
    st.lists(st.integers(LEAST, MOST), min_size=1, max_size=20),
    st.lists(st.integers(0, 3 * 10**14), min_size=10, max_size=40),
    st.lists(st.sampled_from([LEAST, LEAST + 1, -1, 0, MOST]), min_size=1, max_size=6),
)


@settings(max_examples=200, deadline=None)
@given(numbers=MOMENTS)
def test_parts_are_those_of_the_calendar(numbers):
    moments = np.array(numbers).view("datetime64[ns]")
    expected = []
    for stamp in pd.DatetimeIndex(moments):
        date = stamp.date()
        expected.append(
            [
                date.year,
                date.month,
                date.day,
                date.weekday(),
                date.timetuple().tm_yday,
                (date.month + 2) // 3,
                (date.day + 6) // 7,
                stamp.hour,
                stamp.minute,
                stamp.second,
            ]
        )
    parts = parts_of(moments)
    assert parts.dtype == np.int64
    assert parts.shape == (len(numbers), len(PARTS))
    assert parts.tolist() == expected


@settings(max_examples=100, deadline=None)
@given(numbers=MOMENTS)
def test_dates_spelled_and_read_again_are_the_same_dates(numbers):
    moments = np.array(numbers).view("datetime64[ns]")
    moments[len(moments) // 2] = np.datetime64("NaT", "ns")
    spelled = StringCastTransformer().fit_transform(moments)
    np.testing.assert_array_equal(
        DateTimeFeaturesTransformer().fit_transform(moments),
        DateTimeFeaturesTransformer().fit_transform(spelled),
    )


SPOILT = st.sampled_from(
    ["", "2020-02-30", "2020-13-01", "30/02/2020", "20210229", "12/31/2020", "31/12/2020", "x" * 10,
     "2020-01-01 24:00:00", "2020-01-01 10:60:00", "2020-01-01 10:10:60", "1600-01-01", "nan",
     "1/2/2020", "2300-01-01", "٢٠٢٠-01-01", "2020-01-01\n", "2020-01-0 ", "+020-01-01",
     "2020/01/01"]
)  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=80, deadline=None)
@given(
    days=st.lists(
        st.datetimes(pd.Timestamp("1678-01-01"), pd.Timestamp("2261-12-31")),
        min_size=1,
        max_size=12,
        unique=True,
    ),
    spoilt=st.lists(SPOILT, max_size=1),
)
def test_regular_text_reads_as_any_text_does(layout, days, spoilt):
    texts = [day.strftime(layout).replace(f"{day.year}", f"{day.year:04d}") for day in days]
    texts = np.array(texts + spoilt, dtype=object)
    quick = _parsing._read_regular(texts)
    if quick is not None:
        np.testing.assert_array_equal(quick, _parsing._from_objects(texts).to_numpy())
    read = read_fixed_width(texts, layout)
    if not spoilt:
        expected = [np.datetime64(pd.to_datetime(text, format=layout), "ns") for text in texts]
        np.testing.assert_array_equal(read, np.array(expected))


@pytest.mark.parametrize("layout", ["%b %d %Y", "%Y-%m", "%Y-%m-%d %p", "%d/%m/%y", "%Y %Y-%m-%d"])
def test_layouts_with_other_parts_are_not_read(layout):
    assert read_fixed_width(np.array(["2020-01-01"], dtype=object), layout) is None


def test_a_chain_over_many_different_dates_gives_what_its_steps_give():
    moments = pd.Series(pd.date_range("1999-12-31 23:00", periods=5000, freq="8191s"))
    data = pd.DataFrame({"known": moments, "text": moments.astype(str).astype(object)})
    data.loc[[3, 77], :] = None
    steps = lambda: [StringCastTransformer(), DateTimeFeaturesTransformer()]  # noqa: E731
    mapper = DataFrameMapper([("known", steps()), ("text", steps())], input_df=True, sparse=True)
    alone = []
    for name in data:
        column = data[name]
        for step in steps():
            column = step.fit_transform(column)
        alone.append(column)
    np.testing.assert_array_equal(mapper.fit_transform(data), np.hstack(alone))
    np.testing.assert_array_equal(mapper.transform(data), np.hstack(alone))
