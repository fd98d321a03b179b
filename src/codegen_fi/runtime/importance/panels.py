"""Choose from the table what a picture shows, and find the words for it."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .rows import RAW, WHOLE, Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Heading = Mapping[str, Any]

LINE = 105
"""Letters that fit on a line of the picture."""

METHODS = ("permutation", "native")


@dataclass(frozen=True)
class Panel:
    """The bars of one method, largest first.

    Attributes
    ----------
    method : str
    rows : tuple of Row
        At most as many as asked for.
    rest : int
        Columns that were left out.
    rest_share : float
        Their share, between 0 and 1.
    title, axis : str
        What is shown, on which data, in which unit.
    """

    method: str
    rows: tuple[Row, ...]
    rest: int
    rest_share: float
    title: str
    axis: str


def panels_of(rows: Sequence[Row], header: Heading, top: int) -> list[Panel]:
    """Build a panel for each method that has importances of the raw columns.

    Raises
    ------
    ValueError
        When `top` is less than 1.
    """
    if top < 1:
        raise ValueError(f"the number of bars must be at least 1, got {top}")
    found = []
    for method in METHODS:
        group = [
            row
            for row in rows
            if (row.method, row.space, row.model) == (method, RAW, WHOLE) and row.rank is not None
        ]
        if group:
            found.append(_panel(method, sorted(group, key=lambda row: row.rank or 0), header, top))
    return found


def reasons(rows: Sequence[Row]) -> list[str]:
    """List what the table says of the whole model instead of importances."""
    return [f"{row.method}: {row.note}" for row in rows if not row.feature and row.model == WHOLE]


def heading(header: Heading) -> str:
    """Name the model, as far as the header tells it."""
    model = header.get("model")
    return f"What drives the model: {model}" if model else "What drives the model"


def _panel(method: str, group: list[Row], header: Heading, top: int) -> Panel:
    rest = group[top:]
    title, axis = _WORDS[method](group, header)
    share = math.fsum(row.share for row in rest)
    lines = (line for part in title.split("\n") for line in textwrap.wrap(part, LINE))
    return Panel(method, tuple(group[:top]), len(rest), share, "\n".join(lines), axis)


def _permutation_words(_group: list[Row], header: Heading) -> tuple[str, str]:
    scoring = header.get("scoring", "the score")
    title = f"Permutation: drop in {scoring} when the column is shuffled"
    if "split" in header:
        title += f"\n{header['split']} rows, n={header['rows_used']}"
    if header.get("baseline") is not None:
        title += f", unshuffled {scoring} {header['baseline']:.4g}"
    if "repeats" in header:
        title += f", {_counted(header['repeats'])} per column"
        title += ", lines are 95 % intervals" if header["repeats"] > 1 else ""
    return title, f"drop in {scoring}"


def _native_words(group: list[Row], _header: Heading) -> tuple[str, str]:
    note = group[0].note
    title = "Native: what the model itself says of the training rows"
    return f"{title}\n{note}" if note else title, "share of the whole"


def _counted(repeats: int) -> str:
    return "1 shuffle" if repeats == 1 else f"{repeats} shuffles"


_WORDS = {"permutation": _permutation_words, "native": _native_words}
