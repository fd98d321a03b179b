"""The most frequent value in place of a missing one."""

from __future__ import annotations

from datetime import datetime
from numbers import Number
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.utils.validation import check_is_fitted

from .._base import Featurizer, as_series
from .._repeats import identical, told_apart

# What a missing whole number turns into when a loader forces it into 32 or 64 bits.
MISSING_NUMBERS = (-(2**31), -(2**63))
NOTHING_SEEN = "nan"
COUNTED_AS = {
    "floating": "float64",
    "mixed-integer-float": "float64",
    "timedelta": "timedelta64[ns]",
}


class CatImputer(Featurizer):
    """Fill missing cells with the column's most frequent value, the smallest one among equals.

    Among equal categories it is the one that comes first in the order of the categories.

    Parameters
    ----------
    copy : bool
        Kept for the scripts that pass it; the input is never changed.

    Attributes
    ----------
    fill_ : object
        The value filled in; the word ``nan`` when the training column is empty,
        which leaves missing dates missing.
    zone_ : tzinfo or None
        The time zone of the training column; ``fill_`` is in UTC.
    """

    # Columns that are only read as dates, which a mapper fills by itself, do without it.
    zone_: Any = None

    def __init__(self, copy: bool = True) -> None:
        self.copy = copy

    def fit(self, X: Any, y: Any = None) -> CatImputer:
        """Find the most frequent value.

        Parameters
        ----------
        X : Series, (n,)
        y : ignored

        Returns
        -------
        CatImputer
            Itself.
        """
        column = as_series(X)
        self.zone_ = getattr(column.dtype, "tz", None)
        if isinstance(column.dtype, pd.CategoricalDtype):
            codes, distinct, first = column.cat.codes.to_numpy(), column.cat.categories, _foremost
        else:
            plain = numpy_typed(column)
            if plain.dtype.kind == "M":
                self.fill_ = _most_frequent_moment(plain.to_numpy())
                return self
            (codes, distinct), first = _counted(plain), _smallest
        counts = np.bincount(codes[codes >= 0])
        most = np.flatnonzero(counts == counts.max(initial=0))
        self.fill_ = first(distinct[most]) if len(most) else NOTHING_SEEN
        return self

    def transform(self, X: Any) -> NDArray[Any]:
        """Fill.

        Parameters
        ----------
        X : Series, (n,)

        Returns
        -------
        ndarray, (n,)
            Of the column's type where the filled value fits into it, else of objects. Dates with a
            time zone come back as UTC without one.
        """
        check_is_fitted(self)
        given = as_series(X)
        column, fill = numpy_typed(given), self._fill_of(given)
        same = identical(column.to_numpy()) if column.dtype == object else None
        if same is not None:
            return self._filled(pd.Series(same[1], dtype=object), fill)[same[0]]
        return self._filled(column, fill)

    def _filled(self, column: pd.Series[Any], fill: Any) -> NDArray[Any]:
        missing = column.isna()
        if _may_hold_numbers(column):
            missing |= column.isin(MISSING_NUMBERS)
        is_time, no_time = column.dtype.kind in "mM", fill is pd.NaT or self.fill_ == NOTHING_SEEN
        if not missing.any() or (is_time and no_time):
            return column.to_numpy()
        if column.dtype != object and not _fits(fill, column.dtype):
            column = column.astype(object)
        values = column.to_numpy(copy=True)
        values[missing.to_numpy()] = fill
        return values

    def _fill_of(self, column: pd.Series[Any]) -> Any:
        """Give the value in its own time zone, or as the date it spells where it joins dates."""
        zoned = getattr(column.dtype, "tz", None) is not None
        if isinstance(self.fill_, pd.Timestamp) and self.zone_ is not None and not zoned:
            return self.fill_.tz_localize("UTC").tz_convert(self.zone_)
        if column.dtype.kind == "M" and not zoned and isinstance(self.fill_, (str, datetime)):
            return _as_date(self.fill_)
        return self.fill_


def numpy_typed(column: pd.Series[Any]) -> pd.Series[Any]:
    """Bring pandas' own types down to numpy's, so that a column reads alike in every release.

    Parameters
    ----------
    column : Series, (n,)

    Returns
    -------
    Series, (n,)
        Dates in nanoseconds of UTC; of objects where nanoseconds don't reach.
    """
    if column.dtype.kind == "M":
        naive = column.dt.tz_convert("UTC").dt.tz_localize(None) if column.dt.tz else column
        try:
            return naive.astype("datetime64[ns]")
        except pd.errors.OutOfBoundsDatetime:
            return naive.astype(object)
    if isinstance(column.dtype, np.dtype):
        return column
    return column.astype(object)


def _counted(column: pd.Series[Any]) -> tuple[NDArray[np.intp], Any]:
    """Give each value a number; objects that are all numbers or durations count as such."""
    # Not value_counts, which looks for a narrower type in some releases of pandas.
    if column.dtype != object:
        return pd.factorize(column)
    codes, distinct = told_apart(column.to_numpy(), missing_too=False)
    kind = pd.api.types.infer_dtype(distinct, skipna=False)
    return codes, pd.Index(distinct).astype(COUNTED_AS[kind]) if kind in COUNTED_AS else distinct


def _most_frequent_moment(moments: NDArray[Any]) -> Any:
    # Sorting whole numbers is faster than counting them.
    numbers = np.sort(moments[~np.isnat(moments)].view(np.int64))
    if not len(numbers):
        return NOTHING_SEEN
    begins = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1))
    longest = int(np.argmax(np.diff(begins, append=len(numbers))))
    return pd.Timestamp(int(numbers[begins[longest]]), unit="ns")


def _as_date(value: str | datetime) -> Any:
    try:
        date: Any = pd.Timestamp(value)
    except ValueError:
        return value
    if date is pd.NaT:
        return date
    fits = date.tzinfo is None and pd.Timestamp.min <= date <= pd.Timestamp.max
    return date if fits else value


def _may_hold_numbers(column: pd.Series[Any]) -> bool:
    if column.dtype == object:
        return pd.api.types.infer_dtype(column, skipna=True) != "string"
    return column.dtype.kind not in "mMb"


def _fits(value: Any, dtype: Any) -> bool:
    if dtype.kind in "mM":
        return (
            isinstance(value, (pd.Timestamp, pd.Timedelta))
            and getattr(value, "tz", None) is None
            and value.to_numpy().dtype.kind == dtype.kind
        )
    number = isinstance(value, Number) and not isinstance(value, bool)
    return number and np.can_cast(np.min_scalar_type(value), dtype, "same_kind")


def _foremost(values: pd.Index[Any]) -> Any:
    return values[0]


def _smallest(values: pd.Index[Any]) -> Any:
    try:
        return min(values)
    except TypeError:
        return min(values, key=lambda value: (not isinstance(value, Number), str(value)))
