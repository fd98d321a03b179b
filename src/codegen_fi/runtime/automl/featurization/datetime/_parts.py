"""The parts of many moments, each day taken apart once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DAY_PARTS: dict[str, Callable[[Any], Any]] = {
    "year": lambda dates: dates.year,
    "month": lambda dates: dates.month,
    "day": lambda dates: dates.day,
    "day of week": lambda dates: dates.day_of_week,
    "day of year": lambda dates: dates.day_of_year,
    "quarter": lambda dates: dates.quarter,
    "week of month": lambda dates: (dates.day - 1) // 7 + 1,
}
# Each with its length in seconds and how many of it there are in the next larger one.
CLOCK_PARTS = {"hour": (3600, 24), "minute": (60, 60), "second": (1, 60)}
# In the order of the output columns.
PARTS = (*DAY_PARTS, *CLOCK_PARTS)
SECOND = 10**9
DAY = 24 * 3600


def parts_of(moments: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Take moments apart.

    Parameters
    ----------
    moments : ndarray of datetime64[ns], (n,)
        Without NaT.

    Returns
    -------
    ndarray of int64, (n, 10)
    """
    parts = np.empty((len(moments), len(PARTS)), dtype=np.int64)
    if not len(moments):
        return parts
    seconds = moments.view(np.int64) // SECOND
    days = seconds // DAY
    parts[:, : len(DAY_PARTS)] = _day_parts(days)
    clock = (seconds - days * DAY).astype(np.int32)
    for place, (length, count) in enumerate(CLOCK_PARTS.values(), len(DAY_PARTS)):
        parts[:, place] = clock // length % count
    return parts


def _day_parts(days: NDArray[np.int64]) -> NDArray[np.int64]:
    first, last = int(days.min()), int(days.max())
    if last - first < len(days):
        return _taken_apart(np.arange(first, last + 1))[days - first]
    return _taken_apart(days)


def _taken_apart(days: NDArray[np.int64]) -> NDArray[np.int64]:
    dates = pd.DatetimeIndex(days.view("datetime64[D]").astype("datetime64[s]"))
    return np.column_stack([np.asarray(part(dates), np.int64) for part in DAY_PARTS.values()])
