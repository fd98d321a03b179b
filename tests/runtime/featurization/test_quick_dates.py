"""Dates read and taken apart many at a time are those that pandas reads one by one."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from codegen_fi.runtime.automl.featurization.categorical.cat_imputer import CatImputer
from codegen_fi.runtime.automl.featurization.datetime import _layouts, _parsing
from codegen_fi.runtime.automl.featurization.datetime._fixed_width import read_fixed_width
from codegen_fi.runtime.automl.featurization.datetime._parts import PARTS, parts_of
from codegen_fi.runtime.automl.featurization.datetime.datetime_transformer import (
    DateTimeFeaturesTransformer,
)
from codegen_fi.runtime.automl.featurization.text.stringcast_transformer import (
    StringCastTransformer,
)
from codegen_fi.runtime.automl.sklearn_pandas._chain import TransformerChain
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
    "%b %d %Y",
    "%d-%b-%Y %H:%M",
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
     "2020/01/01", "FEB 29 2020", "Feb 30 2020", "Jxn 01 2020", "01-jan-2020 10:10"]
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
    slow = _parsing._from_objects(texts).to_numpy()
    np.testing.assert_array_equal(_parsing.parse_texts(texts).to_numpy(), slow)
    read = read_fixed_width(texts, layout)
    if not spoilt:
        expected = [np.datetime64(pd.to_datetime(text, format=layout), "ns") for text in texts]
        np.testing.assert_array_equal(read, np.array(expected))


@pytest.mark.parametrize(
    "layout", [one for layouts in _layouts.GUESSES.values() for one in layouts]
)
@settings(max_examples=30, deadline=None)
@given(day=st.datetimes(pd.Timestamp("1678-01-01"), pd.Timestamp("2261-12-31")))
@example(day=datetime(1921, 1, 1, 19, 21))
def test_what_is_guessed_quickly_is_what_pandas_guesses(layout, day):
    text = day.strftime(layout).replace(f"{day.year}", f"{day.year:04d}")
    assert text.translate(_layouts.ZEROS) in _layouts.GUESSES
    with _layouts.without_known_warnings():
        assert _layouts.guess(text) == _layouts.guess_datetime_format(text)


def test_impossible_dates_are_told_as_such():
    texts = np.array(["01/12/2020", "13/12/2020", "02/30/2020", "00/01/2020"], dtype=object)
    read = read_fixed_width(texts, "%m/%d/%Y", lenient=True)
    assert np.isnat(read).tolist() == [False, True, True, True]
    assert read_fixed_width(texts, "%m/%d/%Y") is None
    assert read_fixed_width(np.array(["20201301"], dtype=object), "%Y%m%d", lenient=True) is None
    late = np.array(["01/12/2020 10:10:60"], dtype=object)
    assert read_fixed_width(late, "%m/%d/%Y %H:%M:%S", lenient=True) is None


@pytest.mark.parametrize("layout", ["%B %d %Y", "%Y-%m", "%Y-%m-%d %p", "%d/%m/%y", "%Y %Y-%m-%d"])
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


CELLS = st.one_of(
    st.sampled_from(
        ["2020-01-31", "2020-02-29", "2019-01-31", "2020-01-31 00:00:00", "nan", "a\0"]
    ),
    st.sampled_from(["13/01/2020", "05/01/2020", "12/31/2020", "Jan 05 2020", "MAY 05 2020", "x"]),
    st.sampled_from([None, np.nan, pd.NaT, pd.NA, pd.Timestamp("2020-01-31"), True, 7]),
)
REGULAR = st.sampled_from(LAYOUTS).flatmap(
    lambda layout: st.lists(
        st.one_of(
            st.datetimes(pd.Timestamp("1990-01-01"), pd.Timestamp("1990-02-10")).map(
                lambda day: day.strftime(layout)
            ),
            st.none(),
        ),
        min_size=1,
        max_size=30,
    )
)
KNOWN = st.lists(
    st.sampled_from([pd.NaT, *map(pd.Timestamp, ["2020-01-01", "2020-01-01", "1980-05-05 10:10"])]),
    min_size=1,
    max_size=9,
)
COLUMNS = st.one_of(
    REGULAR.map(lambda cells: pd.Series(cells, dtype=object)),
    st.lists(CELLS, min_size=1, max_size=9).map(lambda cells: pd.Series(cells, dtype=object)),
    REGULAR.map(lambda cells: pd.Series(cells, dtype="string")),
    KNOWN.map(lambda cells: pd.Series(cells, dtype="datetime64[ns]")),
    *(
        KNOWN.map(partial(pd.Series, dtype=pd.DatetimeTZDtype("us", zone)))
        for zone in ("UTC", "Asia/Tokyo")
    ),
)


def one_by_one(X, new):
    steps = [CatImputer(), StringCastTransformer(), DateTimeFeaturesTransformer()]
    for step in steps:
        X = step.fit_transform(X)
        new = step.transform(new)
    return X, new, steps[0].fill_


def in_chain(X, new):
    steps = [CatImputer(), StringCastTransformer(), DateTimeFeaturesTransformer()]
    chain = TransformerChain(steps, ["column"])
    return chain.fit_transform(X), chain.transform(new), chain.steps_[0].fill_


@settings(max_examples=120, deadline=None)
@given(column=COLUMNS, new=COLUMNS, bare=st.booleans())
def test_a_chain_of_dates_gives_what_its_steps_give(column, new, bare):
    # numpy warns of a date with a zone that is filled into others.
    bare = bare and column.dtype.kind != "M"
    columns = [each.to_numpy() if bare else each for each in (column, new)]
    reference, ours = one_by_one(*columns), in_chain(*columns)
    np.testing.assert_array_equal(ours[0], reference[0])
    np.testing.assert_array_equal(ours[1], reference[1])
    assert ours[0].dtype == reference[0].dtype == np.int64
    assert type(ours[2]) is type(reference[2])
    assert ours[2] == reference[2] or pd.isna(ours[2])


def test_many_dates_of_each_kind_side_by_side():
    random = np.random.RandomState(3)
    seconds = random.randint(1_400_000_000, 1_700_000_000, 6000).astype("datetime64[s]")
    known = pd.Series(seconds.astype("datetime64[ns]"))
    data = pd.DataFrame(
        {"known": known, **{layout: known.dt.strftime(layout) for layout in LAYOUTS}}
    )
    data = data.astype(dict.fromkeys(LAYOUTS, object)).mask(random.random_sample(data.shape) < 0.1)
    steps = lambda: [CatImputer(), StringCastTransformer(), DateTimeFeaturesTransformer()]  # noqa: E731
    mapper = DataFrameMapper([(name, steps()) for name in data], input_df=True, sparse=True)
    new = data[::-1].reset_index(drop=True)
    alone = [one_by_one(data[name], new[name]) for name in data]
    np.testing.assert_array_equal(
        mapper.fit_transform(data), np.hstack([each[0] for each in alone])
    )
    np.testing.assert_array_equal(mapper.transform(new), np.hstack([each[1] for each in alone]))
