"""One spelling of any value as text, whatever pandas calls the column's type today.

Token names, hashes and label codes all hang on it: pandas 1.5, which the official runtime needs,
spells a missing cell of a text column ``nan``, newer releases keep it missing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PLAIN_FROM, PLAIN_TO = 1e-4, 1e16
ZONE_END = r"([+-]\d\d)(\d\d)$"


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
    column = pd.Series(values)
    if isinstance(column.dtype, pd.CategoricalDtype):
        return _spread(column.cat.codes.to_numpy(), as_strings(column.cat.categories), "nan")
    if isinstance(column.dtype, pd.StringDtype):
        return np.asarray(column.to_numpy(dtype=object, na_value=str(column.dtype.na_value)))
    if column.dtype.kind == "M":
        return _date_strings(column, clock_always=not isinstance(values, pd.Series))
    if column.dtype == object:
        return _object_strings(column.to_numpy())
    return _number_strings(column)


def _spread(codes: NDArray[Any], words: NDArray[np.object_], missing: str) -> NDArray[np.object_]:
    # A code of -1 reads the last entry.
    return np.asarray(np.append(words, missing).astype(object)[codes])


def _object_strings(values: NDArray[np.object_]) -> NDArray[np.object_]:
    if pd.api.types.infer_dtype(values, skipna=False) == "string":
        return values
    return np.array([str(value) for value in values], dtype=object)


def _number_strings(column: pd.Series[Any]) -> NDArray[np.object_]:
    values = column.array if column.dtype.kind != "f" else column.to_numpy()
    # Equal floats with different bits (0.0 and -0.0) are spelled differently.
    keys = values.view(f"i{values.itemsize}") if isinstance(values, np.ndarray) else values
    codes, first = pd.factorize(keys, use_na_sentinel=False)
    distinct = first.view(values.dtype) if isinstance(values, np.ndarray) else first
    spell = _single_precision if column.dtype == np.float32 else str
    return np.array([spell(value) for value in distinct], dtype=object)[codes]


def _single_precision(value: np.float32) -> str:
    # numpy 2 turns to powers of ten earlier than numpy 1, for this type alone.
    if PLAIN_FROM <= abs(value) < PLAIN_TO:
        return np.format_float_positional(value, trim="0")
    return str(value)


def _date_strings(column: pd.Series[Any], *, clock_always: bool) -> NDArray[np.object_]:
    """Follow pandas 1.5: no clock where all is midnight; numpy's ISO form for bare arrays."""
    if clock_always:
        return np.datetime_as_string(column.to_numpy("datetime64[ns]"), unit="ns").astype(object)
    known = column.dropna()
    midnight = column.dt.tz is None and bool((known == known.dt.normalize()).all())
    spelled = column.dt.strftime("%Y-%m-%d" if midnight else _clock_format(known))
    if column.dt.tz is not None:
        # strftime writes the colon of the zone itself from Python 3.12 on only.
        spelled = spelled.str.replace(ZONE_END, r"\1:\2", regex=True)
    return np.asarray(spelled.to_numpy(dtype=object, na_value="NaT"))


def _clock_format(known: pd.Series[Any]) -> str:
    fraction = bool(known.dt.microsecond.any())
    zone = "%z" if known.dt.tz is not None else ""
    return "%Y-%m-%d %H:%M:%S" + (".%f" if fraction else "") + zone
