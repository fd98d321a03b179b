"""The words of a picture: what is shown, on which data, in which unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .rows import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .rows import Row

    Heading = Mapping[str, Any]

DRAWN = ", lines are 95\N{NO-BREAK SPACE}% intervals"
"""What a picture says of its whiskers."""

_UNIT = re.compile(r"mean \|contribution\| to the ([^;,]+)")

_SOME_ROWS = re.compile(r"[\d,]+ of [\d,]+ rows")


def reasons(rows: Sequence[Row]) -> list[str]:
    """List what the table says of the whole model instead of importances."""
    return [f"{row.method}: {row.note}" for row in rows if not row.feature and row.model == WHOLE]


def heading(header: Heading) -> str:
    """Name the model, as far as the header tells it."""
    model = header.get("model")
    return f"What drives the model: {model}" if model else "What drives the model"


def togetherness(header: Heading, shown: Iterable[str]) -> list[str]:
    """Name the groups of columns that move together and are in the picture."""
    known = set(shown)
    lines = []
    for group in header.get("correlated") or ():
        columns = [str(name) for name in group["columns"]]
        if known & set(columns):
            lines.append(f"Move together ({group['strength']:.2f}): {_some(columns)}")
    if lines:
        lines.append("Columns that move together share or hide importance.")
    return lines


def unit_of(rows: Sequence[Row]) -> str:
    """Find what contributions are contributions to."""
    found = _UNIT.search(said_of_all(rows))
    return found[1] if found else "output"


def said_of_all(rows: Sequence[Row]) -> str:
    """Keep what every row's note says; the rest is about single columns."""
    if not rows:
        return ""
    notes = [set(row.note.split("; ")) for row in rows]
    common = set.intersection(*notes)
    return "; ".join(part for part in rows[0].note.split("; ") if part in common)


def _some(names: Sequence[str], most: int = 8) -> str:
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def _permutation(_group: Sequence[Row], header: Heading) -> tuple[str, str]:
    scoring = header.get("scoring", "the score")
    title = f"Permutation: drop in {scoring} when the column is shuffled"
    if "split" in header:
        title += f"; {header['split']} rows, n={header['rows_used']:,}{_of(header)}"
        title += ", counted by their sample weights" if header.get("weighted") else ""
    if header.get("baseline") is not None:
        title += f", unshuffled {scoring} {header['baseline']:.4g}"
    if "repeats" in header:
        title += f", {_counted(header['repeats'])} per column"
        title += "" if header["repeats"] == 1 else DRAWN
    return title, f"drop in {scoring}"


def _native(group: Sequence[Row], _header: Heading) -> tuple[str, str]:
    note = said_of_all(group)
    title = "Native: what the model itself says of the training rows"
    return f"{title}; {note}" if note else title, "share of the whole"


def _shap(group: Sequence[Row], _header: Heading) -> tuple[str, str]:
    return (
        f"SHAP: mean |contribution| to the {unit_of(group)}{on_rows(group)}",
        "mean |contribution|",
    )


def on_rows(rows: Sequence[Row]) -> str:
    """Say how many rows were explained, where that is a part of them."""
    some = _SOME_ROWS.search(said_of_all(rows))
    return f"; {some[0]}" if some else ""


def _of(header: Heading) -> str:
    every = header.get("rows_available", header["rows_used"])
    return "" if every == header["rows_used"] else f" of {every:,}"


def _counted(repeats: Any) -> str:
    return "1 shuffle" if repeats == 1 else f"{repeats} shuffles"


WORDS = {"permutation": _permutation, "native": _native, "shap": _shap}
