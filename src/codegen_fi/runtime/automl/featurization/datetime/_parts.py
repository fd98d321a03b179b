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
# Each with its length in seconds.
CLOCK_PARTS = {"hour": 3600, "minute": 60, "second": 1}
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
    _write_day_parts(days, parts)
    left = (seconds - days * DAY).astype(np.int32)
    for place, length in enumerate(CLOCK_PARTS.values(), len(DAY_PARTS)):
        whole = left // length
        parts[:, place] = whole
        left -= whole * length
    return parts


def _write_day_parts(days: NDArray[np.int64], parts: NDArray[np.int64]) -> None:
    first, last = int(days.min()), int(days.max())
    if last - first < len(days):
        # Whole rows, to be written in one pass; the clock is written over.
        np.take(_taken_apart(np.arange(first, last + 1)), days - first, 0, out=parts, mode="clip")
    else:
        parts[:] = _taken_apart(days)


def _taken_apart(days: NDArray[np.int64]) -> NDArray[np.int64]:
    dates = pd.DatetimeIndex(days.view("datetime64[D]").astype("datetime64[s]"))
    rows = np.zeros((len(days), len(PARTS)), dtype=np.int64)
    for place, part in enumerate(DAY_PARTS.values()):
        rows[:, place] = part(dates)
    return rows
