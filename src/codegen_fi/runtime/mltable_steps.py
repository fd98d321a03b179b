"""Apply the column steps of an MLTable in their order: which columns stay, and of what type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from .errors import DataError
from .mltable_types import OptionError, ValueUnfitError, conversion, texts_of

if TYPE_CHECKING:
    from .mltable_types import Convert

_MOST_NAMED = 20
# Read as a number first, their leading zeros or the way they are written would be lost.
_BY_TEXT = frozenset({"string", "boolean", "datetime"})


@dataclass(frozen=True)
class ColumnStep:
    """One change of some columns.

    Attributes
    ----------
    name
        What the MLTable calls it.
    columns
        The columns it names.
    change
        Makes it; the table has the columns.
    by_text
        The columns have to be read as they are written.
    """

    name: str
    columns: list[str]
    change: Callable[[pd.DataFrame], pd.DataFrame]
    by_text: bool = False


def column_steps(name: str, value: Any, where: Path) -> list[ColumnStep]:
    """Read one entry of an MLTable's ``transformations``; `name` is a key of `STEPS`.

    Raises
    ------
    DataError
        It isn't written as a step of its kind must be, or asks for more than is done here.
    """
    try:
        return list(STEPS[name](name, value))
    except OptionError as problem:
        raise DataError(f"{where}, {name}: {problem}.") from None


def apply_steps(frame: pd.DataFrame, steps: Sequence[ColumnStep], where: Path) -> pd.DataFrame:
    """Apply steps, each to what the one before left.

    Raises
    ------
    DataError
        A step names a column that isn't there (any more), or a value can't be converted.
    """
    read = set(frame.columns)
    for step in steps:
        missing = [c for c in dict.fromkeys(step.columns) if c not in frame.columns]
        if missing:
            raise DataError(f"{where}: {step.name} names {_missing(missing, read, frame)}.")
        try:
            frame = step.change(frame)
        except _UnfitError as problem:
            raise DataError(f"{where}: {problem}") from None
    if not frame.shape[1]:
        raise DataError(f"{where} leaves no column of the table.")
    return frame


def _missing(missing: Sequence[str], read: set[str], frame: pd.DataFrame) -> str:
    gone = [name for name in missing if name in read]
    lost = [name for name in missing if name not in read]
    parts = []
    if gone:
        parts.append(f"{_listed(gone)}, which an earlier step took away")
    if lost:
        parts.append(f"{_listed(lost)}, which the files don't have")
    return f"{', and '.join(parts)}. The columns at that step are {_listed(list(frame.columns))}"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    named = ", ".join(map(repr, names[:_MOST_NAMED]))
    return f"{named} and {more} more" if more > 0 else named


class _UnfitError(Exception):
    """A column holds a value that its step can't convert."""


def _drop(name: str, value: Any) -> Iterator[ColumnStep]:
    columns = _columns(value)
    yield ColumnStep(name, columns, lambda frame: frame.drop(columns=columns))


def _keep(name: str, value: Any) -> Iterator[ColumnStep]:
    columns = _columns(value)
    kept = set(columns)
    yield ColumnStep(name, columns, lambda frame: frame[[c for c in frame.columns if c in kept]])


def _convert(name: str, value: Any) -> Iterator[ColumnStep]:
    items = [value] if isinstance(value, Mapping) else value
    if not isinstance(items, list):
        raise OptionError("it must be a list of 'columns' with their 'column_type'")
    for item in items:
        if not isinstance(item, Mapping) or set(item) != {"columns", "column_type"}:
            raise OptionError(f"an entry needs 'columns' and 'column_type' only, unlike {item!r}")
        columns = _columns(item["columns"])
        kind, options = _type(item["column_type"])
        change = _converter(columns, kind, conversion(kind, options))
        yield ColumnStep(name, columns, change, by_text=kind in _BY_TEXT)


def _columns(value: Any) -> list[str]:
    if value is None:
        raise OptionError("it names no columns")
    return texts_of(value, "column names")


def _type(value: Any) -> tuple[str, Mapping[str, Any]]:
    if isinstance(value, Mapping) and len(value) == 1:
        ((kind, options),) = value.items()
        if options is None or isinstance(options, Mapping):
            return str(kind), options or {}
    if not isinstance(value, str):
        raise OptionError(f"a column_type must be one name, unlike {value!r}")
    return value, {}


def _converter(
    columns: Sequence[str], kind: str, convert: Convert
) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(**{name: _converted(frame, name, kind, convert) for name in columns})

    return change


def _converted(frame: pd.DataFrame, name: str, kind: str, convert: Convert) -> Any:
    try:
        return convert(frame[name])
    except ValueUnfitError as problem:
        raise _UnfitError(
            f"column {name!r} can't be converted to {kind}: it holds {problem}. "
            "Correct the table or the MLTable."
        ) from None


STEPS: dict[str, Callable[[str, Any], Iterator[ColumnStep]]] = {
    "drop_columns": _drop,
    "keep_columns": _keep,
    "convert_column_types": _convert,
}
