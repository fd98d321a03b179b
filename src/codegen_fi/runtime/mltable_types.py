"""Convert a column to the type an MLTable names; a value that isn't of it is told, not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .table_numbers import EXACT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    # pandas' own types don't say that a single column is a Series, so columns are Any here.
    Convert = Callable[[Any], Any]

# As the client of the service writes them for a conversion that names no values.
_TRUE = ("True", "true", "TRUE", "1")
_FALSE = ("False", "false", "FALSE", "0")
_OTHERS = {"error": None, "none": None, "true": True, "false": False}


class OptionError(Exception):
    """The options of a type are incomplete, or ask for something that isn't done."""


class ValueUnfitError(Exception):
    """A value can't be converted.

    Parameters
    ----------
    value
        The first such value of the column; the message says it with its type.
    """

    def __init__(self, value: object) -> None:
        plain: object = value.item() if isinstance(value, np.generic) else value
        super().__init__(f"{plain!r} ({type(plain).__name__})")


def conversion(kind: str, options: Mapping[str, Any]) -> Convert:
    """Return what converts a column to a type, by its name in an MLTable.

    The conversion raises `ValueUnfitError`; missing values stay missing.

    Raises
    ------
    OptionError
        There is no such type, or its options can't be followed.
    """
    if kind not in TYPES:
        raise OptionError(f"the type {kind!r} is not one of {', '.join(TYPES)}")
    allowed, make = TYPES[kind]
    others = [name for name in options if name not in allowed]
    if others:
        raise OptionError(f"{kind} with {', '.join(map(repr, others))} is not done here")
    return make(options)


def _string(_: Mapping[str, Any]) -> Convert:
    return _texts


def _texts(column: Any) -> Any:
    """Return the column as text; only text and whole numbers have one way to write them."""
    missing = column.isna().tolist()
    values = [None if missing[i] else value for i, value in enumerate(column)]
    for value in values:
        if isinstance(value, bool) or not isinstance(value, (str, int, type(None))):
            raise ValueUnfitError(value)
    texts = [value if value is None else str(value) for value in values]
    return pd.Series(texts, index=column.index, dtype=object)


def _int(_: Mapping[str, Any]) -> Convert:
    return _whole_numbers


def _whole_numbers(column: Any) -> Any:
    numbers = _numbers(column)
    if pd.api.types.is_integer_dtype(numbers.dtype):
        return numbers
    broken = numbers.notna() & (numbers % 1 != 0)
    if broken.any():
        raise ValueUnfitError(column[broken].iloc[0])
    # A missing value has no place among integers.
    return numbers if numbers.isna().any() else numbers.astype("int64")


def _float(_: Mapping[str, Any]) -> Convert:
    return lambda column: _numbers(column).astype("float64")


def _numbers(column: Any) -> Any:
    if not (pd.api.types.is_numeric_dtype(column.dtype) or _is_text(column)):
        known = column.dropna()
        raise ValueUnfitError(known.iloc[0] if len(known) else column.iloc[0])
    numbers = pd.to_numeric(column, errors="coerce")
    unfit = numbers.isna() & column.notna() & (column != "")
    if unfit.any():
        raise ValueUnfitError(column[unfit].iloc[0])
    if EXACT and numbers.dtype.kind == "f" and _is_text(column):
        return column.astype(object).where(numbers.notna(), float("nan")).astype("float64")
    return numbers


def _is_text(column: Any) -> bool:
    texts = column.dtype == object or isinstance(column.dtype, pd.StringDtype)
    return texts and all(isinstance(value, str) for value in column.dropna())


def _boolean(options: Mapping[str, Any]) -> Convert:
    means = _meanings(options)
    other = str(options.get("mismatch_as", "error")).lower()
    if other not in _OTHERS:
        raise OptionError(f"mismatch_as {other!r} is not one of error, true, false")

    def convert(column: Any) -> Any:
        if pd.api.types.is_bool_dtype(column.dtype):
            return column
        missing = column.isna()
        empty = missing.tolist()
        truths = [
            None if empty[i] else _truth(value, means, _OTHERS[other])
            for i, value in enumerate(column)
        ]
        return pd.Series(truths, index=column.index, dtype=object if missing.any() else bool)

    return convert


def _meanings(options: Mapping[str, Any]) -> dict[str, bool]:
    given = options.get("true_values"), options.get("false_values")
    if given == (None, None):
        given = _TRUE, _FALSE
    if not all(given):
        raise OptionError("boolean needs both 'true_values' and 'false_values', or neither")
    true, false = (texts_of(values, "values of a boolean") for values in given)
    double = sorted(set(true) & set(false))
    if double:
        raise OptionError(f"{double[0]!r} is among the true and the false values")
    return {**dict.fromkeys(true, True), **dict.fromkeys(false, False)}


def _truth(value: Any, means: Mapping[str, bool], other: bool | None) -> bool:
    found = means.get(str(value), other)
    if found is None:
        raise ValueUnfitError(value)
    return found


def _datetime(options: Mapping[str, Any]) -> Convert:
    if not options.get("formats"):
        raise OptionError("datetime needs 'formats', such as \"%d/%m/%Y\"")
    formats = texts_of(options["formats"], "formats of a datetime")
    for form in formats:
        try:
            pd.to_datetime(pd.Series(["x"]), format=form, errors="coerce")
        except ValueError as error:
            raise OptionError(f"the format {form!r} can't be used: {error}") from None

    def convert(column: Any) -> Any:
        if pd.api.types.is_datetime64_any_dtype(column.dtype):
            return column
        texts = _texts(column)
        return _dates(texts.where(texts != "", None), formats)

    return convert


def _dates(texts: Any, formats: Sequence[str]) -> Any:
    """Read each text by the first format that fits it; instants with a zone become UTC."""
    left, parts = texts.dropna(), []
    for form in formats:
        read = pd.to_datetime(left, format=form, errors="coerce", utc=True).dt.tz_convert(None)
        parts.append(read[read.notna()])
        left = left[read.isna()]
    if len(left):
        raise ValueUnfitError(left.iloc[0])
    return pd.concat(parts).reindex(texts.index)


def texts_of(value: Any, what: str) -> list[str]:
    """Return one text or a list of texts as a list; whole numbers are taken as written.

    Raises
    ------
    OptionError
        It holds something else, such as ``yes``, which YAML takes for a truth value.
    """
    values = list(value) if isinstance(value, (list, tuple)) else [value]
    for item in values:
        if isinstance(item, bool) or not isinstance(item, (str, int)):
            raise OptionError(f"the {what} must be text, in quotes, not {item!r}")
    return [str(item) for item in values]


TYPES: dict[str, tuple[frozenset[str], Callable[[Mapping[str, Any]], Convert]]] = {
    "string": (frozenset(), _string),
    "int": (frozenset(), _int),
    "float": (frozenset(), _float),
    "boolean": (frozenset({"true_values", "false_values", "mismatch_as"}), _boolean),
    "datetime": (frozenset({"formats"}), _datetime),
}
