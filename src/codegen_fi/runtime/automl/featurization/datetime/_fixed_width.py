"""Dates that are all written in the same places, read digit by digit for many of them at once."""

from __future__ import annotations

import calendar
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTHS = {"Y": 4, "m": 2, "b": 3, "d": 2, "H": 2, "M": 2, "S": 2, "f": 6}
# Layouts name the day within a month of a year in one of these ways.
DAYS = ({"Y", "m", "d"}, {"Y", "b", "d"})
DIRECTIVE = re.compile(r"%(.)")
# Digits that could be shared out in another way.
AMBIGUOUS = re.compile(r"%.[%\d]")
FIRST_YEAR, LAST_YEAR = 1678, 2261
# Whole years that 64-bit nanoseconds hold; smallest and largest value of the others.
BOUNDS = {
    "Y": (FIRST_YEAR, LAST_YEAR),
    "m": (1, 12),
    "b": (1, 12),
    "d": (1, 31),
    "H": (0, 23),
    "M": (0, 59),
    "S": (0, 59),
    "f": (0, 999_999),
}
# What strptime takes beyond these bounds, or what 64 bits hold in part of a year.
UNSURE = {"Y", "S"}
# In nanoseconds.
CLOCK = {"H": 3600 * 10**9, "M": 60 * 10**9, "S": 10**9, "f": 1000}
DAY = 24 * CLOCK["H"]
END = "\n"
ZERO, NINE, LETTER = ord("0"), 9, "a"
# Sets the small letter of a capital.
SMALL = 0x20
# Few enough that their bytes stay in the cache of the processor.
ROWS_AT_ONCE = 1 << 13
NAT = np.iinfo(np.int64).min
# The day on which each month begins, counted from 1970; the last one ends the range.
MONTHS = np.arange((FIRST_YEAR - 1970) * 12, (LAST_YEAR + 1 - 1970) * 12 + 1)
MONTH_BEGINS = MONTHS.view("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def read_fixed_width(
    texts: NDArray[np.object_], layout: str, *, lenient: bool = False
) -> NDArray[Any] | None:
    """Read dates.

    Parameters
    ----------
    texts : ndarray of str, (n,)
    layout : str
        As for ``strptime``.
    lenient : bool
        Give NaT for a date that cannot be, such as one in a thirteenth month.

    Returns
    -------
    ndarray of datetime64[ns], (n,), or None
        None when the layout holds other parts than numbers and short names of months, or when any
        text has another length, another character between them, or isn't a date.
    """
    lenient = lenient and AMBIGUOUS.search(layout) is None
    places = _places(layout)
    if places is None or not any(parts <= set(places) for parts in DAYS):
        return None
    shapes = {name: (LETTER if name == "b" else "0") * width for name, width in WIDTHS.items()}
    pattern = DIRECTIVE.sub(lambda found: shapes[found[1]], layout)
    moments = np.empty(len(texts), dtype=np.int64)
    for start in range(0, len(texts), ROWS_AT_ONCE):
        some = slice(start, start + ROWS_AT_ONCE)
        read = _read(texts[some], pattern, places, lenient=lenient)
        if read is None:
            return None
        moments[some] = read
    return moments.view("datetime64[ns]")


def _places(layout: str) -> dict[str, slice] | None:
    """Tell where each number stands."""
    places: dict[str, slice] = {}
    start = taken = 0
    for found in DIRECTIVE.finditer(layout):
        name = found[1]
        if name not in WIDTHS or name in places:
            return None
        start += found.start() - taken
        places[name] = slice(start, start + WIDTHS[name])
        start, taken = start + WIDTHS[name], found.end()
    return places


def _read(
    texts: NDArray[np.object_], pattern: str, places: dict[str, slice], *, lenient: bool
) -> NDArray[np.int64] | None:
    table = _table(texts, len(pattern))
    if table is None or not _as_in(pattern, places, table):
        return None
    numbers = {
        name: (_month if name == "b" else _number)(table[place]) for name, place in places.items()
    }
    outside = np.zeros(len(texts), dtype=bool)
    for name, values in numbers.items():
        least, most = BOUNDS[name]
        if values.min() < least or values.max() > most:
            if name in UNSURE or not lenient:
                return None
            outside |= (values < least) | (values > most)
            values.clip(least, most, out=values)
    return _moments(numbers, outside, lenient=lenient)


def _table(texts: NDArray[np.object_], width: int) -> NDArray[np.uint8] | None:
    """Lay the texts out as a table of bytes, one row for each place, if all have one width."""
    joined = END.join([*texts, ""])
    if not joined.isascii() or len(joined) != len(texts) * (width + 1):
        return None
    rows = np.frombuffer(joined.encode("ascii"), np.uint8).reshape(-1, width + 1)
    table = np.ascontiguousarray(rows.T)
    return table if bool((table[-1] == ord(END)).all()) else None


def _as_in(pattern: str, places: dict[str, slice], table: NDArray[np.uint8]) -> bool:
    """Tell whether digits stand where numbers do, and the pattern's characters elsewhere."""
    parts = {place: name for name, part in places.items() for place in range(part.start, part.stop)}
    for place, character in enumerate(pattern):
        if parts.get(place) == "b":
            continue
        column = table[place]
        fits = (column - ZERO <= NINE) if place in parts else (column == ord(character))
        if not fits.all():
            return False
    return True


def _number(digits: NDArray[np.uint8]) -> NDArray[np.int32]:
    value = np.zeros(digits.shape[1], dtype=np.int32)
    for digit in digits:
        value *= 10
        value += digit - ZERO
    return value


def _month(letters: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Give the month of a short name in either case, 0 for what is none."""
    small = letters | SMALL
    value = np.zeros(letters.shape[1], dtype=np.int32)
    for month, name in enumerate(calendar.month_abbr):
        known = name.lower()
        if len(known) == len(letters) and known.isascii() and known.isalpha():
            codes = np.frombuffer(known.encode("ascii"), np.uint8).reshape(-1, 1)
            value[(small == codes).all(axis=0)] = month
    return value


def _moments(
    numbers: dict[str, NDArray[np.int32]], outside: NDArray[np.bool_], *, lenient: bool
) -> NDArray[np.int64] | None:
    month = numbers["m"] if "m" in numbers else numbers["b"]
    months = (numbers["Y"] - FIRST_YEAR) * 12 + month - 1
    begins = MONTH_BEGINS[months]
    outside |= numbers["d"] > MONTH_BEGINS[months + 1] - begins
    some_outside = outside.any()
    if some_outside and not lenient:
        return None
    moments: NDArray[np.int64] = (begins + numbers["d"] - 1) * DAY
    for name, length in CLOCK.items():
        if name in numbers:
            moments += np.multiply(numbers[name], length, dtype=np.int64)
    if some_outside:
        moments[outside] = NAT
    return moments
