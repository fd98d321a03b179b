"""A table that a notebook shows as HTML and a terminal as text, with every name as itself.

pandas' own tables let control characters through, and leave dollar signs to MathJax.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from ..printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 80
"""Most letters of a cell unless told otherwise; a longer one ends in an ellipsis."""

WRAPPED = 40
"""Letters from which on a cell may be broken into lines."""

SCROLLED = 30
"""Rows from which on a table scrolls in a box of its own."""

MOST_ROWS = 2_000
"""Most rows on a page; what is beyond them is counted below the table."""

AS_IT_IS = "tex2jax_ignore mathjax_ignore"
"""Classes of HTML that MathJax leaves alone."""

_NUMBER = re.compile(r"[<+-]?\d[\d.,]*(e[+-]\d+)?%?$")
_DIGITS = 4
_EXACT = 2**53


class Table:
    """Rows under column names, with lines above and below.

    Parameters
    ----------
    columns : sequence of str
    rows : sequence of sequences
        One value per column; None and nan are empty cells, numbers are rounded to four digits.
    above, below : sequence of str
        Lines of text.
    longest : int
        Most letters of a cell.
    """

    def __init__(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
        above: Sequence[str] = (),
        below: Sequence[str] = (),
        longest: int = LONGEST,
    ) -> None:
        self.columns = [shown(str(name), longest) for name in columns]
        self.rows = [list(row) for row in rows]
        self.above = list(above)
        hidden = len(self.rows) - MOST_ROWS
        self.below = [*([f"and {hidden:,} more rows"] if hidden > 0 else []), *below]
        self._texts = [[shown(value, longest) for value in row] for row in self.rows[:MOST_ROWS]]
        self._right = [_numbers(row[i] for row in self._texts) for i in range(len(self.columns))]

    def _repr_html_(self) -> str:
        heads = [_cell("th", name, right) for name, right in self._aligned(self.columns)]
        cells = [
            [_cell("td", text, right) for text, right in self._aligned(row)] for row in self._texts
        ]
        lines = map(_row, [heads, *cells])
        table = "\n".join([f'<table border="0" class="dataframe {AS_IT_IS}">', *lines, "</table>"])
        style = "max-width: 100%; overflow: auto"
        below = self.below
        if len(self.rows) > SCROLLED:
            style += "; max-height: 32em"
            below = [f"{len(self._texts):,} lines in the box, which scrolls", *below]
        box = f'<div style="{style}">\n{table}\n</div>' if self.rows else ""
        return "\n".join(part for part in (_lines(self.above), box, _lines(below)) if part)

    def _aligned(self, cells: Sequence[str]) -> list[tuple[str, bool]]:
        return list(zip(cells, self._right))  # noqa: B905 - as many, and Python 3.8 has no strict

    def __repr__(self) -> str:
        """Return the table for a terminal."""
        above, below = ([printable(line) for line in part] for part in (self.above, self.below))
        if not self.rows:
            return "\n".join([*above, *below])
        lines = [self.columns, *self._texts]
        widths = [max(_width(row[i]) for row in lines) for i in range(len(self.columns))]
        body = [
            "  ".join(
                " " * (width - _width(text)) + text
                if right
                else text + " " * (width - _width(text))
                for (text, right), width in zip(self._aligned(row), widths)  # noqa: B905
            ).rstrip()
            for row in lines
        ]
        return "\n".join([*above, *body, *below])


class Tables:
    """Tables one below the other.

    Parameters
    ----------
    tables : sequence of Table
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = list(tables)

    def _repr_html_(self) -> str:
        return "\n".join(table._repr_html_() for table in self.tables)

    def __repr__(self) -> str:
        """Return the tables for a terminal."""
        return "\n\n".join(map(repr, self.tables))


def shown(value: Any, longest: int = LONGEST) -> str:
    """Return the text of a cell."""
    if value is None or (_kind(value) == "f" and math.isnan(value)):
        return ""
    if _kind(value) in {"i", "f"}:
        return number(value)
    text = printable(value)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def number(value: Any) -> str:
    """Return a number for a person: whole ones as they are, others with four digits that count."""
    if _kind(value) == "i" or (1 <= abs(value) < _EXACT and float(value).is_integer()):
        return f"{int(value):,}"
    return f"{float(value):.{_DIGITS}g}"


def _numbers(texts: Iterable[str]) -> bool:
    """Tell whether most texts are numbers, or shares, as far as they aren't empty."""
    known = [bool(_NUMBER.match(text)) for text in texts if text]
    return bool(known) and sum(known) > len(known) / 2


def _kind(value: Any) -> str:
    """Return `i` for a whole number, `f` for another one, `b` for a truth value."""
    if isinstance(value, bool):
        return "b"
    if isinstance(value, int):
        return "i"
    if isinstance(value, float):
        return "f"
    found = getattr(getattr(value, "dtype", None), "kind", "") if hasattr(value, "item") else ""
    return "i" if found in {"i", "u"} else str(found)


def _row(cells: Sequence[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _cell(tag: str, text: str, right: bool) -> str:
    style = f"text-align: {'right' if right else 'left'}"
    if len(text) < WRAPPED:
        style += "; white-space: nowrap"
    else:
        # A name without blanks would push the other columns off the page.
        style += "; overflow-wrap: anywhere; min-width: 12em"
    return f'<{tag} style="{style}">{html.escape(text)}</{tag}>'


def _lines(texts: Sequence[str]) -> str:
    if not texts:
        return ""
    escaped = "<br>\n".join(html.escape(printable(text)) for text in texts)
    return f'<p class="{AS_IT_IS}" style="text-align: left; border: 0">{escaped}</p>'


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
