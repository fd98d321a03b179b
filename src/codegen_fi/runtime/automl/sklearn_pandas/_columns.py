"""Columns out of a frame, and what to say when they are not in it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import pandas as pd

from ...errors import DataError
from ..featurization._arrow import without_arrow

SHOWN = 20


def as_list(columns: Any) -> list[Any]:
    """Give the columns of an entry as a list, one or many."""
    return list(columns) if isinstance(columns, (list, tuple, pd.Index)) else [columns]


def without_arrow_columns(selected: Any) -> Any:
    """Give a Series or frame without Arrow types, which not every scikit-learn can read."""
    if selected.ndim == 1:
        return without_arrow(selected) if isinstance(selected.dtype, pd.ArrowDtype) else selected
    held = [name for name, dtype in selected.dtypes.items() if isinstance(dtype, pd.ArrowDtype)]
    plain = selected.copy() if held else selected
    for name in held:
        plain[name] = without_arrow(selected[name])
    return plain


def require_columns(frame: Any, wanted: Sequence[Any]) -> None:
    """Refuse a frame that lacks a column or has it twice.

    Parameters
    ----------
    frame : DataFrame
    wanted : sequence
        Column names, in any order.

    Raises
    ------
    DataError
        Naming all missing columns, those there are, and close matches; or the columns met twice.
    """
    if not isinstance(frame, pd.DataFrame):
        raise DataError(
            "the featurizer needs a pandas DataFrame with named columns, "
            f"not {type(frame).__name__}"
        )
    names = list(dict.fromkeys(wanted))
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise DataError(_missing_message(missing, list(frame.columns)))
    repeated = set(frame.columns[frame.columns.duplicated()])
    twice = [name for name in names if name in repeated]
    if twice:
        raise DataError(f"the data have more than one column called {_listed(twice)}; rename them")


def _missing_message(missing: list[Any], present: list[Any]) -> str:
    noun = "column" if len(missing) == 1 else "columns"
    there = _listed(present, SHOWN) if present else "none"
    return "".join(
        [
            f"the data lack the {noun} {_listed(missing)} that the script uses",
            f"; the columns there are: {there}",
            *(_hint(name, present) for name in missing),
        ]
    )


def _listed(names: list[Any], limit: int | None = None) -> str:
    shown = names[:limit]
    rest = len(names) - len(shown)
    return ", ".join(repr(name) for name in shown) + (f" and {rest} more" if rest else "")


def _hint(name: Any, present: list[Any]) -> str:
    by_spelling = {str(other).strip().casefold(): other for other in present}
    close = get_close_matches(str(name).strip().casefold(), by_spelling, n=1)
    return f". Did you mean {by_spelling[close[0]]!r} for {name!r}?" if close else ""
