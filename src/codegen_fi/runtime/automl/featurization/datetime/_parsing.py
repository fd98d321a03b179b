"""Dates out of whatever a column holds, read the way pandas 1.5 read them.

The official runtime needs pandas 1.5, which takes one format from the first value and, unless that
begins with the year, applies it strictly to all others; newer releases differ in both.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.core.tools import datetimes
from pandas.tseries import api

from .._repeats import mostly_distinct, told_apart
from ._fixed_width import read_fixed_width

# What 64-bit nanoseconds can hold; pandas 1.5 knew no other dates.
FIRST, LAST = pd.Timestamp.min, pd.Timestamp.max
# Public since pandas 2.2.
GUESS = "guess_datetime_format"
guess_datetime_format: Callable[[str], str | None] = getattr(
    api if hasattr(api, GUESS) else datetimes, GUESS
)
COMPACT = "%Y%m%d"
# Has one reading only, also where each date is read on its own.
ISO = re.compile(r"%Y-%m-%d([T ]%H:%M:%S(\.%f)?)?")
# A zone's letters that dateutil cannot place; pandas 1.5 left them out of account.
UNKNOWN_ZONE = re.compile(r"\s+(?!UTC$|GMT$|AM$|PM$)[A-Z]{3,5}$")

KNOWN_WARNINGS = (
    # 13/01/2020 has one reading only; which one was taken is no news.
    "Parsing dates in .* format when dayfirst",
    # Handled here; pandas 2 says it in other words.
    "tzname .* identified but not understood",
    "Parsed string .* included an un-recognized timezone",
    # Read as pandas 1.5 read it for as long as pandas can.
    "Parsing '.*' as a quarterly string",
)


def parse_dates(values: Any) -> pd.DatetimeIndex:
    """Read dates.

    Parameters
    ----------
    values : Series or ndarray, (n,)
        Dates, text, or whole numbers (nanoseconds since 1970).

    Returns
    -------
    DatetimeIndex, (n,)
        In nanoseconds, UTC where a zone was given, NaT where nothing could be read or where the
        date lies outside 1677-09-21 to 2262-04-11.
    """
    column = _column(values)
    if column.dtype == "datetime64[ns]":
        # All of these are inside the range.
        return pd.DatetimeIndex(column.to_numpy())
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iuf":
        return _from_numbers(column.to_numpy())
    if column.dtype.kind == "M":
        return _in_range(pd.DatetimeIndex(pd.to_datetime(column, utc=True)))
    objects = column.astype(object).to_numpy(copy=True)
    if pd.api.types.infer_dtype(objects, skipna=False) != "string":
        flags = np.array([isinstance(value, (bool, np.bool_)) for value in objects], dtype=bool)
        objects[flags] = None
        return _from_objects(objects)
    regular = _read_regular(objects) if mostly_distinct(objects) else None
    if regular is not None:
        return pd.DatetimeIndex(regular)
    codes, distinct = told_apart(objects)
    return _from_objects(np.asarray(distinct))[codes]


def _column(values: Any) -> pd.Series[Any]:
    if isinstance(values, np.ndarray) and values.dtype == object:
        # Not what pandas would make of text.
        return pd.Series(values, dtype=object)
    return pd.Series(values).reset_index(drop=True)


def _read_regular(texts: NDArray[np.object_]) -> NDArray[Any] | None:
    """Read what is all of one layout, whether it has to be or only is."""
    layout = _strict_layout(texts) or _guess(texts[0])
    year_first = layout is not None and layout.startswith("%Y")
    if layout is None or (year_first and ISO.fullmatch(layout) is None and layout != COMPACT):
        return None
    return read_fixed_width(texts, layout)


def _from_numbers(values: NDArray[Any]) -> pd.DatetimeIndex:
    if values.dtype.kind == "i":
        return pd.DatetimeIndex(values.astype(np.int64).view("datetime64[ns]"))
    with np.errstate(invalid="ignore"):
        readable = np.abs(values.astype(float)) < 2.0**63
        whole = np.where(readable, values, 0).astype(np.int64)
    moments = whole.view("datetime64[ns]")
    return pd.DatetimeIndex(np.where(readable, moments, np.datetime64("NaT", "ns")))


def _from_objects(values: NDArray[np.object_]) -> pd.DatetimeIndex:
    layout = _strict_layout(values)
    dates = _read(values, layout or "mixed")
    unread = np.flatnonzero(np.asarray(dates.isna())) if layout is None else ()
    zoned = [place for place in unread if _has_unknown_zone(values[place])]
    if not zoned:
        return dates
    bare = np.array([UNKNOWN_ZONE.sub("", values[place]) for place in zoned], dtype=object)
    numbers = dates.to_numpy().copy()
    numbers[zoned] = _read(bare, "mixed").to_numpy()
    return pd.DatetimeIndex(numbers)


def _has_unknown_zone(value: Any) -> bool:
    return isinstance(value, str) and UNKNOWN_ZONE.search(value) is not None


def _strict_layout(values: NDArray[np.object_]) -> str | None:
    """Tell the format all values must have, or None when each is read on its own."""
    first = next((value for value in values if not pd.isna(value)), None)
    if not isinstance(first, str):
        return None
    layout = _guess(first)
    if layout is None or layout == COMPACT:
        return layout
    # pandas 1.5 guessed fractions of a second only when all six digits were there.
    short_fraction = ".%f" in layout and re.search(r"\.\d{6}(?!\d)", first) is None
    return None if layout.startswith("%Y") or short_fraction else layout


def _guess(first: str) -> str | None:
    with _without_known_warnings():
        # It takes no descendant of str, such as numpy's.
        return guess_datetime_format(str(first))


def _read(values: NDArray[np.object_], layout: str) -> pd.DatetimeIndex:
    with _without_known_warnings():
        dates = pd.to_datetime(
            pd.Index(values, dtype=object), format=layout, errors="coerce", utc=True
        )
    return _in_range(pd.DatetimeIndex(dates))


@contextmanager
def _without_known_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        for message in KNOWN_WARNINGS:
            warnings.filterwarnings("ignore", message=message)
        yield


def _in_range(dates: pd.DatetimeIndex) -> pd.DatetimeIndex:
    naive = dates.tz_localize(None)
    inside = (naive >= FIRST) & (naive <= LAST)
    return pd.DatetimeIndex(naive.where(inside)).as_unit("ns")
