"""Compare a table with what the script will read, before any work is spent on it."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from .errors import DataError

_MOST_NAMED = 20


def check_columns(
    frame: pd.DataFrame,
    where: Path,
    *,
    label: str | None,
    weights: str | None,
    columns: Sequence[str],
    reader: str = "script",
) -> None:
    """Refuse a table that lacks the label, the weights or a column that the `reader` takes.

    Raises
    ------
    DataError
        Names every missing column at once, with the names of the table that come near.
    """
    present = {str(c) for c in frame.columns}
    _refuse_missing(present, where, reader, label=label, weights=weights, columns=columns)
    if label is not None and bool(frame[[label]].isna().to_numpy().all()):
        raise DataError(
            f"{where}: the label column {label!r} is empty in all {len(frame):,} rows. "
            "Give rows with a known label."
        )


def _refuse_missing(
    present: set[str],
    where: Path,
    reader: str,
    *,
    label: str | None,
    weights: str | None,
    columns: Sequence[str],
) -> None:
    special = [
        f"the {what} column {name!r}{_near(name, present)}"
        for what, name in (("label", label), ("weight", weights))
        if name is not None and name not in present
    ]
    lost = [name for name in dict.fromkeys(columns) if name not in present]
    if not special and not lost:
        return
    missing = " and ".join(
        [*special, *([_listed(lost, len(columns), present, reader)] if lost else [])]
    )
    raise DataError(f"{where} lacks {missing}. {_next_step(present)}")


def _listed(lost: Sequence[str], wanted: int, present: set[str], reader: str) -> str:
    named = ", ".join(repr(name) + _near(name, present) for name in lost[:_MOST_NAMED])
    rest = f" and {len(lost) - _MOST_NAMED} more" if len(lost) > _MOST_NAMED else ""
    return f"{len(lost)} of the {wanted} columns the {reader} reads: {named}{rest}"


def _near(name: str, present: set[str]) -> str:
    folded = {p.strip().casefold(): p for p in sorted(present)}
    close = difflib.get_close_matches(name.strip().casefold(), list(folded), n=1, cutoff=0.75)
    return f" (it has {folded[close[0]]!r})" if close else ""


def _next_step(present: set[str]) -> str:
    only = next(iter(present))
    if len(present) == 1:
        for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
            if mark in only:
                return f"Its values seem to be separated by {name}: save it with commas."
    return "Give the table with the column names the model was trained with."
