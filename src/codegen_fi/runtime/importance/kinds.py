"""Sort the columns of a table into numbers and categories, whatever their types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FEWEST_PER_CATEGORY = 5
"""Rows per category; with fewer, any number seems to depend on the category."""

_NUMBERS = ("integer", "floating", "mixed-integer-float", "decimal")
_MOMENTS = "mM"


@dataclass(frozen=True)
class Kinds:
    """Numbers and numbered categories, with their positions in the table.

    Attributes
    ----------
    numbers, categories : tuple of int
    values : ndarray of shape (rows, numbers)
        nan where missing.
    codes : ndarray of int of shape (rows, categories)
        From 0; -1 where missing.
    left_out : tuple of (str, str)
        Columns that are neither, with the reason.
    """

    numbers: tuple[int, ...]
    values: NDArray[np.float64]
    categories: tuple[int, ...]
    codes: NDArray[np.intp]
    left_out: tuple[tuple[str, str], ...]


def kinds_of(table: pd.DataFrame, names: Sequence[str]) -> Kinds:
    """Read every column as numbers, else as categories, else leave it out."""
    values: dict[int, NDArray[np.float64]] = {}
    codes: dict[int, NDArray[np.intp]] = {}
    left_out = []
    for i, name in enumerate(names):
        column = table.iloc[:, i]
        if is_number(column):
            values[i] = _as_float(column)
            continue
        numbered, reason = _as_codes(column)
        if reason:
            left_out.append((f"correlation of {name}", reason))
        else:
            codes[i] = numbered
    return Kinds(
        tuple(values),
        _side_by_side(values, len(table), np.float64),
        tuple(codes),
        _side_by_side(codes, len(table), np.intp),
        tuple(left_out),
    )


def is_number(column: pd.Series[Any]) -> bool:
    """Tell numbers, dates and spans of time; truth values are categories of two."""
    kind = getattr(column.dtype, "kind", "O")
    if isinstance(column.dtype, pd.CategoricalDtype):
        return False
    if kind == "O":
        return pd.api.types.infer_dtype(column, skipna=True) in _NUMBERS
    return kind in "iuf" + _MOMENTS


def _as_float(column: pd.Series[Any]) -> NDArray[np.float64]:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iuf":
        return column.to_numpy().astype(np.float64)
    missing = column.isna().to_numpy(dtype=bool)
    if getattr(column.dtype, "kind", "O") in _MOMENTS:
        moments = column.to_numpy(dtype="datetime64[ns]" if column.dtype.kind == "M" else None)
        found = moments.astype(np.int64).astype(np.float64)
    else:
        found = column.mask(column.isna(), 0).to_numpy(dtype=np.float64).copy()
    found[missing] = np.nan
    return np.asarray(found)


def _as_codes(column: pd.Series[Any]) -> tuple[NDArray[np.intp], str]:
    try:
        numbered, levels = pd.factorize(column)
    except TypeError as error:
        return np.empty(0, dtype=np.intp), f"its values can't be compared: {error}"
    known = int((numbered >= 0).sum())
    if len(levels) > 2 and known < FEWEST_PER_CATEGORY * len(levels):  # noqa: PLR2004
        return numbered, f"{len(levels)} different values in {known} rows"
    return np.asarray(numbered, dtype=np.intp), ""


def _side_by_side(columns: dict[int, Any], rows: int, dtype: Any) -> Any:
    return np.column_stack(list(columns.values())) if columns else np.empty((rows, 0), dtype=dtype)
