"""One spelling of any value as text, whatever pandas calls the column's type today.

Token names, hashes and label codes all hang on it: pandas 1.5, which the official runtime needs,
spells a missing cell of a text column ``nan``, newer releases keep it missing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ._base import as_series

PLAIN_FROM, PLAIN_TO = 1e-4, 1e16
# Ticks of each unit of time in a second.
TICKS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
DAY = 24 * 60 * 60
# What numpy 1 has room for when it casts 64 bits to text.
WIDTH_OF_64_BITS = 21


def as_strings(values: Any) -> NDArray[np.object_]:
    """Spell each value of one column.

    Parameters
    ----------
    values : Series, pandas array or ndarray, (n,)

    Returns
    -------
    ndarray of str, (n,)
        ``str(value)``; missing cells become ``nan``, ``None``, ``NaT`` or ``<NA>``, as they are.
    """
    column, bare = as_series(values), not isinstance(values, pd.Series)
    if isinstance(column.dtype, pd.CategoricalDtype):
        categories = column.cat.categories
        missing = "NaT" if categories.dtype.kind in "mM" else "nan"
        return _spread(column.cat.codes.to_numpy(), as_strings(pd.Series(categories)), missing)
    if isinstance(column.dtype, pd.StringDtype):
        return np.asarray(column.to_numpy(dtype=object, na_value=str(column.dtype.na_value)))
    if column.dtype.kind == "M":
        return _date_strings(column, bare=bare)
    if column.dtype.kind == "m":
        return _duration_strings(column.to_numpy("timedelta64[ns]"), bare=bare)
    if column.dtype == object:
        words = _object_strings(column.to_numpy(), decode=bare)
        return _without_last_nuls(words) if bare else words
    return _number_strings(column)


def _spread(codes: NDArray[Any], words: NDArray[np.object_], missing: str) -> NDArray[np.object_]:
    # A code of -1 reads the last entry.
    return np.asarray(np.append(words, missing).astype(object)[codes])


def _object_strings(values: NDArray[np.object_], *, decode: bool = False) -> NDArray[np.object_]:
    if pd.api.types.infer_dtype(values, skipna=False) == "string":
        return values
    if pd.api.types.infer_dtype(values, skipna=True) == "string":
        words, missing = values.copy(), pd.isna(values)
        words[missing] = [str(value) for value in values[missing]]
        return words
    # Text of a fixed width, which numpy casts a bare array to, takes bytes for letters.
    spell = _decoded if decode else str
    return np.array([spell(value) for value in values], dtype=object)


def _decoded(value: Any) -> str:
    return value.decode("ascii") if isinstance(value, bytes) else str(value)


def _without_last_nuls(words: NDArray[np.object_]) -> NDArray[np.object_]:
    # Text of a fixed width, which numpy casts a bare array to, ends before them.
    if "\0" not in "".join(words):
        return words
    return np.array([word.rstrip("\0") for word in words], dtype=object)


def _number_strings(column: pd.Series[Any]) -> NDArray[np.object_]:
    masked = not isinstance(column.dtype, np.dtype)
    if masked and column.dtype.kind == "f":
        return _object_strings(column.to_numpy(dtype=object))
    values = column.array if masked else column.to_numpy()
    # Equal floats with different bits (0.0 and -0.0) are spelled differently.
    floats = not masked and column.dtype.kind == "f"
    codes, first = pd.factorize(
        values.view(f"i{values.itemsize}") if floats else values, use_na_sentinel=False
    )
    distinct = first.view(values.dtype) if floats else first
    spell = _single_precision if column.dtype == np.float32 else str
    return np.array([spell(value) for value in distinct], dtype=object)[codes]


def _single_precision(value: np.float32) -> str:
    # numpy 2 turns to powers of ten earlier than numpy 1, for this type alone.
    if PLAIN_FROM <= abs(float(value)) < PLAIN_TO:
        return np.format_float_positional(value, trim="0")
    return str(value)


def _date_strings(column: pd.Series[Any], *, bare: bool) -> NDArray[np.object_]:
    """Follow pandas 1.5: no more of the clock than a column needs; numpy's ISO form when bare."""
    if column.dt.tz is not None:
        return _object_strings(column.to_numpy(dtype=object))
    moments = column.to_numpy()
    if not len(moments):
        return np.empty(0, dtype=object)
    if bare:
        return np.datetime_as_string(moments.astype("datetime64[ns]"), unit="ns").astype(object)
    spelled = np.datetime_as_string(moments, unit=_clock_unit(moments))
    return np.where(np.isnat(moments), "NaT", np.char.replace(spelled, "T", " ")).astype(object)


def _clock_unit(moments: NDArray[np.datetime64]) -> Any:
    """Give the coarsest unit, of those pandas spells dates in, that loses nothing."""
    known = moments[~np.isnat(moments)].view(np.int64)
    second = TICKS[np.datetime_data(moments.dtype)[0]]
    lengths = {"D": DAY * second, "s": second, "ms": second // 10**3, "us": second // 10**6}
    return next((unit for unit, ticks in lengths.items() if not (known % ticks).any()), "ns")


def _duration_strings(durations: NDArray[np.timedelta64], *, bare: bool) -> NDArray[np.object_]:
    """Follow pandas 1.5: whole days without a clock; numpy's nanoseconds, cut off, when bare."""
    if bare:
        return durations.astype(f"U{WIDTH_OF_64_BITS}").astype(object)
    known = ~np.isnat(durations)
    days = durations.astype("timedelta64[D]")
    if (days[known] != durations[known]).any():
        return _object_strings(pd.Series(durations).to_numpy(dtype=object))
    spelled = np.char.add(days.astype(np.int64).astype(str), " days")
    return np.where(known, spelled, "NaT").astype(object)
