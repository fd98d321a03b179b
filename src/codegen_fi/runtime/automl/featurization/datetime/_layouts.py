"""How dates are written, told from the first of them as pandas 1.5 told it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np
from pandas.core.tools import datetimes
from pandas.tseries import api

from ._fixed_width import read_fixed_width

# Public since pandas 2.2.
GUESS = "guess_datetime_format"
guess_datetime_format: Callable[[str], str | None] = getattr(
    api if hasattr(api, GUESS) else datetimes, GUESS
)
COMPACT = "%Y%m%d"
# Has one reading only, also where each date is read on its own.
ISO = re.compile(r"%Y-%m-%d([T ]%H:%M:%S(\.%f)?)?")
# pandas takes as long to guess as to read thousands of dates. What it guesses for the commonest
# shapes, if the date can be read so: the first of these.
GUESSES = {
    "0000-00-00": ("%Y-%m-%d",),
    "0000-00-00 00:00:00": ("%Y-%m-%d %H:%M:%S",),
    "0000-00-00T00:00:00": ("%Y-%m-%dT%H:%M:%S",),
    "00/00/0000": ("%m/%d/%Y", "%d/%m/%Y"),
    "00/00/0000 00:00:00": ("%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S"),
}
ZEROS = str.maketrans("123456789", "000000000")
# How many guesses are kept: each column is asked for twice.
REMEMBERED = 64

KNOWN_WARNINGS = (
    # 13/01/2020 has one reading only; which one was taken is no news.
    "Parsing dates in .* format when dayfirst",
    # Handled here; pandas 2 says it in other words.
    "tzname .* identified but not understood",
    "Parsed string .* included an un-recognized timezone",
    # Read as pandas 1.5 read it for as long as pandas can.
    "Parsing '.*' as a quarterly string",
)


def regular_layout(first: str) -> str | None:
    """Tell the layout that dates have whether they have to or not, or None.

    Parameters
    ----------
    first : str
        The first date of a column.

    Returns
    -------
    str or None
        None also where each date is read on its own and may be read otherwise.
    """
    layout = guess(first)
    year_first = layout is not None and layout.startswith("%Y")
    known = not year_first or ISO.fullmatch(str(layout)) is not None or layout == COMPACT
    return layout if known else None


def strict_layout(first: Any) -> str | None:
    """Tell the format all values must have, or None when each is read on its own.

    Parameters
    ----------
    first : object
        The first value of a column that is not missing.

    Returns
    -------
    str or None
    """
    if not isinstance(first, str):
        return None
    layout = guess(first)
    if layout is None or layout == COMPACT:
        return layout
    # pandas 1.5 guessed fractions of a second only when all six digits were there.
    short_fraction = ".%f" in layout and re.search(r"\.\d{6}(?!\d)", first) is None
    return None if layout.startswith("%Y") or short_fraction else layout


@lru_cache(maxsize=REMEMBERED)
def guess(first: str) -> str | None:
    """Tell the layout that pandas sees in a date.

    Parameters
    ----------
    first : str

    Returns
    -------
    str or None
    """
    text = np.array([first], dtype=object)
    known = () if _year_like_clock(first) else GUESSES.get(first.translate(ZEROS), ())
    for layout in known:
        if read_fixed_width(text, layout) is not None:
            return layout
    with without_known_warnings():
        # It takes no descendant of str, such as numpy's.
        return guess_datetime_format(str(first))


def _year_like_clock(first: str) -> bool:
    """Tell whether the digits of hour and minute are the year's: pandas 2 sees no layout there."""
    numbers = re.findall(r"\d+", first)
    return "".join(numbers[3:5]) in numbers[:3]


@contextmanager
def without_known_warnings() -> Iterator[None]:
    """Keep pandas from saying what is no news here."""
    with warnings.catch_warnings():
        for message in KNOWN_WARNINGS:
            warnings.filterwarnings("ignore", message=message)
        yield
