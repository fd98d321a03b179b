"""Dates out of whatever a column holds, read the way pandas 1.5 read them.

The official runtime needs pandas 1.5, which takes one format from the first value and, unless that
begins with the year, applies it strictly to all others; newer releases differ in both.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._repeats import mostly_distinct, told_apart
from ._fixed_width import read_fixed_width
from ._layouts import regular_layout, strict_layout, without_known_warnings

# What 64-bit nanoseconds can hold; pandas 1.5 knew no other dates.
FIRST, LAST = pd.Timestamp.min, pd.Timestamp.max
# A zone's letters that dateutil cannot place; pandas 1.5 left them out of account.
UNKNOWN_ZONE = re.compile(r"\s+(?!UTC$|GMT$|AM$|PM$)[A-Z]{3,5}$")


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
    if mostly_distinct(objects):
        return parse_texts(objects)
    codes, distinct = told_apart(objects)
    return parse_texts(np.asarray(distinct))[codes]


def parse_texts(texts: NDArray[np.object_], first: str | None = None) -> pd.DatetimeIndex:
    """Read dates that are all text.

    Parameters
    ----------
    texts : ndarray of str, (n,)
    first : str, optional
        The text that tells the layout, if it isn't the first of these.

    Returns
    -------
    DatetimeIndex, (n,)
        As `parse_dates` gives it.
    """
    layout = regular_layout(texts[0] if first is None else first) if len(texts) else None
    regular = None if layout is None else read_regular(texts, layout)
    return _from_objects(texts, first) if regular is None else pd.DatetimeIndex(regular)


def read_regular(texts: NDArray[np.object_], layout: str) -> NDArray[Any] | None:
    """Read dates of one layout.

    Parameters
    ----------
    texts : ndarray of str, (n,)
        The first of them has this layout.
    layout : str
        From `regular_layout`.

    Returns
    -------
    ndarray of datetime64[ns], (n,), or None
        None when any of them needs another look.
    """
    # Where the year comes first, what doesn't fit is read in any way it can be.
    return read_fixed_width(texts, layout, lenient=not layout.startswith("%Y"))


def _column(values: Any) -> pd.Series[Any]:
    if isinstance(values, np.ndarray) and values.dtype == object:
        # Not what pandas would make of text.
        return pd.Series(values, dtype=object)
    return pd.Series(values).reset_index(drop=True)


def _from_numbers(values: NDArray[Any]) -> pd.DatetimeIndex:
    if values.dtype.kind == "i":
        return pd.DatetimeIndex(values.astype(np.int64).view("datetime64[ns]"))
    with np.errstate(invalid="ignore"):
        readable = np.abs(values.astype(float)) < 2.0**63
        whole = np.where(readable, values, 0).astype(np.int64)
    moments = whole.view("datetime64[ns]")
    return pd.DatetimeIndex(np.where(readable, moments, np.datetime64("NaT", "ns")))


def _from_objects(values: NDArray[np.object_], first: str | None = None) -> pd.DatetimeIndex:
    if first is None:
        first = next((value for value in values if not pd.isna(value)), None)
    layout = strict_layout(first)
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


def _read(values: NDArray[np.object_], layout: str) -> pd.DatetimeIndex:
    with without_known_warnings():
        dates = pd.to_datetime(
            pd.Index(values, dtype=object), format=layout, errors="coerce", utc=True
        )
    return _in_range(pd.DatetimeIndex(dates))


def _in_range(dates: pd.DatetimeIndex) -> pd.DatetimeIndex:
    naive = dates.tz_localize(None)
    inside = (naive >= FIRST) & (naive <= LAST)
    return pd.DatetimeIndex(naive.where(inside)).as_unit("ns")
