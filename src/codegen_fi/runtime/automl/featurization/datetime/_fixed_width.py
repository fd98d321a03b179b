"""Dates that are all written in the same places, read digit by digit for all of them at once."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTHS = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2, "f": 6}
DIRECTIVE = re.compile(r"%(.)")
# Whole years that 64-bit nanoseconds hold; smallest and largest value of the others.
BOUNDS = {
    "Y": (1678, 2261),
    "m": (1, 12),
    "d": (1, 31),
    "H": (0, 23),
    "M": (0, 59),
    "S": (0, 59),
    "f": (0, 999_999),
}
# In nanoseconds.
CLOCK = {"H": 3600 * 10**9, "M": 60 * 10**9, "S": 10**9, "f": 1000}
END = "\n"
ZERO, NINE = ord("0"), 9


def read_fixed_width(texts: NDArray[np.object_], layout: str) -> NDArray[Any] | None:
    """Read dates.

    Parameters
    ----------
    texts : ndarray of str, (n,)
    layout : str
        As for ``strptime``.

    Returns
    -------
    ndarray of datetime64[ns], (n,), or None
        None when the layout holds other parts than numbers, or when any text has another length,
        another character between the numbers, or isn't a date.
    """
    places = _places(layout)
    if places is None or not {"Y", "m", "d"} <= set(places):
        return None
    pattern = DIRECTIVE.sub(lambda found: "0" * WIDTHS[found[1]], layout)
    table = _table(texts, len(pattern))
    if table is None or not _as_in(pattern, places, table):
        return None
    numbers = {name: _number(table[:, place]) for name, place in places.items()}
    for name, values in numbers.items():
        least, most = BOUNDS[name]
        if values.min() < least or values.max() > most:
            return None
    return _moments(numbers)


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


def _table(texts: NDArray[np.object_], width: int) -> NDArray[np.uint8] | None:
    """Lay the texts out as a table of bytes, if all have one width."""
    joined = END.join([*texts, ""])
    if not joined.isascii() or len(joined) != len(texts) * (width + 1):
        return None
    table = np.frombuffer(joined.encode("ascii"), np.uint8).reshape(-1, width + 1)
    return table if bool((table[:, -1] == ord(END)).all()) else None


def _as_in(pattern: str, places: dict[str, slice], table: NDArray[np.uint8]) -> bool:
    """Tell whether digits stand where numbers do, and the pattern's characters elsewhere."""
    digits = {place for part in places.values() for place in range(part.start, part.stop)}
    for place, character in enumerate(pattern):
        column = table[:, place]
        fits = (column - ZERO <= NINE) if place in digits else (column == ord(character))
        if not fits.all():
            return False
    return True


def _number(digits: NDArray[np.uint8]) -> NDArray[np.int64]:
    value = np.zeros(len(digits), dtype=np.int64)
    for place in range(digits.shape[1]):
        value = value * 10 + (digits[:, place] - ZERO)
    return value


def _moments(numbers: dict[str, NDArray[np.int64]]) -> NDArray[Any] | None:
    months = ((numbers["Y"] - 1970) * 12 + numbers["m"] - 1).view("datetime64[M]")
    days = months.astype("datetime64[D]") + (numbers["d"] - 1).view("timedelta64[D]")
    if not (days.astype("datetime64[M]") == months).all():
        return None
    clock = sum(
        (numbers[name] * length for name, length in CLOCK.items() if name in numbers),
        np.zeros(len(days), dtype=np.int64),
    )
    moments: NDArray[Any] = days.astype("datetime64[ns]") + clock.view("timedelta64[ns]")
    return moments
