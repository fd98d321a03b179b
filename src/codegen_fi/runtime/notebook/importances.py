"""The importances of an explanation as tables: of one model, and of two."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..importance.panels import METHODS, raw_panels
from ..importance.rows import RAW, WHOLE
from ..importance.wording import DRAWN, reasons, said_of_all, togetherness
from .table import Table, Tables, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..importance.explanation import Explanation
    from ..importance.panels import Facet, Panel
    from ..importance.rows import Row

_LONGEST_NOTE = 300
_NATIVE = "native"
_DUST = 1e-12
_NONE = "No importances were asked for."


def importances(explanation: Explanation | None, top: int = 20) -> Tables:
    """Show the columns that drive a model, the methods side by side.

    Parameters
    ----------
    explanation : Explanation or None
        None where no importances were asked for.
    top : int
        Most rows; how many columns are left out is said.
    """
    if explanation is None:
        return Tables([Table([], [], above=[_NONE])])
    header = asdict(explanation.header)
    panels = raw_panels(explanation.rows, header, top)
    tables = [_table(panel) for panel in panels]
    known = [name for panel in panels for name in panel.names]
    told = [*reasons(explanation.rows), *togetherness(header, known)]
    told += [f"Left out: {what}: {why}" for what, why in explanation.header.skipped]
    if told:
        tables.append(Table([], [], below=told))
    return Tables(tables)


def _table(panel: Panel) -> Table:
    heads, columns = ["", "column"], [list(panel.labels or panel.names)]
    for facet in panel.facets:
        cells = _of_method(facet)
        heads += list(cells)
        columns += list(cells.values())
    notes = _own_notes(panel.facets)
    if any(notes):
        heads.append("note")
        columns.append(notes)
    lines = [[place, *line] for place, line in enumerate(zip(*columns), start=1)]  # noqa: B905
    rests = [f"{f.title}: {' '.join(f.rest.split())}" for f in panel.facets if f.rest]
    above = [text.replace(DRAWN, "") for text in panel.title]
    return Table(heads, lines, above=above, below=rests, longest=_LONGEST_NOTE)


def _of_method(facet: Facet) -> dict[str, list[Any]]:
    """Return the columns of one method; shares alone where its numbers are shares."""
    share = [None if row is None else f"{row.share:.1%}" for row in facet.rows]
    if not facet.measured:
        return {f"{facet.title} share": share}
    cells: dict[str, list[Any]] = {
        facet.title: [None if row is None else _rounded(row.importance) for row in facet.rows]
    }
    if any(row is not None and not math.isnan(row.ci_low) for row in facet.rows):
        cells["95 % interval"] = [_interval(row) for row in facet.rows]
    return {**cells, "share": share}


def _interval(row: Row | None) -> str:
    if row is None or math.isnan(row.ci_low):
        return ""
    return f"{number(_rounded(row.ci_low))} .. {number(_rounded(row.ci_high))}"


def _rounded(importance: float) -> float:
    """Take the last bits of a difference of two scores for none."""
    return 0.0 if abs(importance) < _DUST else importance


def _own_notes(facets: Sequence[Facet]) -> list[str]:
    """Keep what is said of single columns; the rest stands above."""
    found: list[list[str]] = [[] for _ in (facets[0].rows if facets else ())]
    for facet in facets:
        of_all = set(said_of_all([row for row in facet.rows if row is not None]).split("; "))
        for place, row in enumerate(facet.rows):
            for part in row.note.split("; ") if row is not None and row.note else ():
                if part not in of_all and part not in found[place]:
                    found[place].append(part)
    return ["; ".join(parts) for parts in found]


def compared(before: Explanation, after: Explanation, top: int = 20) -> Table:
    """Show the importances of a changed model beside those of the original one.

    Parameters
    ----------
    before, after : Explanation
        Of the original and the changed model, computed alike.
    top : int
        Most rows, by the original's ranks; how many columns are left out is said.
    """
    ranked = [(m, _by_name(before.rows, m), _by_name(after.rows, m)) for m in METHODS]
    methods = [(m, old, new) for m, old, new in ranked if old and new]
    if not methods:
        return Table([], [], above=["No method ranks the columns of both models."])
    names = sorted(methods[0][1], key=lambda name: methods[0][1][name].rank or 0)
    heads, lines = ["column"], [[name] for name in names[:top]]
    for method, old, new in methods:
        heads += [f"{method}{' share' if method == _NATIVE else ''}", "changed", "rank"]
        for line in lines:
            line.extend(_pair(method, old.get(line[0]), new.get(line[0])))
    rest = len(names) - top
    below = [f"and {rest:,} more columns"] if rest > 0 else []
    return Table(heads, lines, above=_scores(before, after), below=below)


def _by_name(rows: Sequence[Row], method: str) -> Mapping[str, Row]:
    return {
        row.feature: row
        for row in rows
        if (row.method, row.space, row.model, row.class_name) == (method, RAW, WHOLE, "")
        and row.rank is not None
    }


def _pair(method: str, old: Row | None, new: Row | None) -> list[Any]:
    as_share = method == _NATIVE
    values: list[Any] = [
        None if row is None else f"{row.share:.1%}" if as_share else _rounded(row.importance)
        for row in (old, new)
    ]
    return [*values, _moved(*(None if row is None else row.rank for row in (old, new)))]


def _moved(old: int | None, new: int | None) -> str:
    """Write the rank, and where it changed the new one; up is towards the first."""
    if old is None or new is None or old == new:
        return f"{old or ''}"
    return f"{old} → {new} {'▲' if new < old else '▼'}"


def _scores(before: Explanation, after: Explanation) -> list[str]:
    old, new = before.header.baseline, after.header.baseline
    if old is None or new is None:
        return []
    where = f"{before.header.scoring} on {before.header.rows_used:,} {before.header.split} rows"
    return [f"{where}: {old:.4g}, changed {new:.4g} ({new - old:+.4g})"]
