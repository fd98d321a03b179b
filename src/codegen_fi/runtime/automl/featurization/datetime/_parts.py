"""The parts of many moments, each day taken apart once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# In the order of the output columns.
DAY_PARTS = ("year", "month", "day", "day of week", "day of year", "quarter", "week of month")
# Each with its length in seconds.
CLOCK_PARTS = {"hour": 3600, "minute": 60, "second": 1}
PARTS = (*DAY_PARTS, *CLOCK_PARTS)
SECOND = 10**9
DAY = 24 * 3600
NAT = np.iinfo(np.int64).min
# What cannot be read as a date counts as the earliest one.
UNKNOWN = pd.Timestamp.min.value
# Few enough that they stay in the cache of the processor.
ROWS_AT_ONCE = 1 << 12


class DateParts:
    """The parts of moments, not written down until it is known where to.

    Parameters
    ----------
    moments : ndarray of datetime64[ns], (n,)
        NaT counts as the earliest date there is.

    Attributes
    ----------
    shape : (int, int)
        Rows and parts.
    dtype : dtype
    """

    def __init__(self, moments: NDArray[Any]) -> None:
        self.shape = len(moments), len(PARTS)
        self.dtype = np.dtype(np.int64)
        self._moments = moments.view(np.int64)
        self._calendar, self._first = self._known_days()

    def rows(self, some: slice) -> NDArray[np.int64]:
        """Take some of the moments apart.

        Parameters
        ----------
        some : slice
            Of the rows.

        Returns
        -------
        ndarray of int64, (rows, 10)
        """
        moments = self._moments[some]
        seconds = np.where(moments == NAT, UNKNOWN, moments) // SECOND
        days = seconds // DAY
        left = (seconds - days * DAY).astype(np.int32)
        if self._calendar is None:
            parts = _taken_apart(days)
        else:
            # The row before the first day is that of what is unknown.
            parts = self._calendar[np.maximum(days - self._first, 0)]
        for place, length in enumerate(CLOCK_PARTS.values(), len(DAY_PARTS)):
            whole = left // length
            parts[:, place] = whole
            left -= whole * np.int32(length)
        return parts

    def written(self) -> NDArray[np.int64]:
        """Take all moments apart.

        Returns
        -------
        ndarray of int64, (n, 10)
        """
        parts = np.empty(self.shape, dtype=self.dtype)
        write_side_by_side([(0, self)], parts)
        return parts

    def _known_days(self) -> tuple[NDArray[np.int64] | None, int]:
        """Take each day between the first and the last apart, if there are fewer than rows."""
        known = self._moments
        if len(known) and known.min() == NAT:
            known = known[known != NAT]
        if not len(known):
            return None, 0
        first, last = (int(edge) // SECOND // DAY for edge in (known.min(), known.max()))
        if last - first >= len(known):
            return None, 0
        unknown = UNKNOWN // SECOND // DAY
        return _taken_apart(np.append(unknown, np.arange(first, last + 1))), first - 1


def write_side_by_side(blocks: list[tuple[int, DateParts]], matrix: Any) -> None:
    """Write blocks into a matrix, all of them some rows at a time.

    Parameters
    ----------
    blocks : list of (int, DateParts)
        With the column at which each begins.
    matrix : ndarray of int64, (n, columns)
        Written into.
    """
    if not blocks:
        return
    for start in range(0, len(matrix), ROWS_AT_ONCE):
        some = slice(start, start + ROWS_AT_ONCE)
        for place, block in blocks:
            matrix[some, place : place + block.shape[1]] = block.rows(some)


def parts_of(moments: NDArray[Any]) -> NDArray[np.int64]:
    """Take moments apart.

    Parameters
    ----------
    moments : ndarray of datetime64[ns], (n,)
        NaT counts as the earliest date there is.

    Returns
    -------
    ndarray of int64, (n, 10)
    """
    return DateParts(moments).written()


def _taken_apart(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the parts of days since 1970, and room for those of the clock."""
    months = _counted(days, "D", "M")
    years = _counted(days, "D", "Y")
    month = months - years * 12
    day = days - _counted(months, "M", "D")
    rows = np.zeros((len(days), len(PARTS)), dtype=np.int64)
    parts = (
        years + 1970,
        month + 1,
        day + 1,
        # The first of January 1970 was a Thursday.
        (days + 3) % 7,
        days - _counted(years, "Y", "D") + 1,
        month // 3 + 1,
        day // 7 + 1,
    )
    for place, part in enumerate(parts):
        rows[:, place] = part
    return rows


def _counted(units: NDArray[np.int64], kind: str, other: str) -> NDArray[np.int64]:
    """Turn days, months or years since 1970 into others."""
    return units.view(f"datetime64[{kind}]").astype(f"datetime64[{other}]").astype(np.int64)
