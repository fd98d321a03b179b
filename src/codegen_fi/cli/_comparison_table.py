"""Print folders side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from codegen_fi.cli import _console

if TYPE_CHECKING:
    from codegen_fi.workflow.comparing import Compared, Standing

_RIGHT = {"justify": "right"}


def print_comparison(compared: Compared, top: int) -> None:
    """Print metrics, importances and settings, one column per folder."""
    _print("metric", compared.names, [(n, [_number(v) for v in vs]) for n, vs in compared.metrics])
    if compared.method is None:
        _console.warn("The folders have importances of different methods, or none: not compared.")
    else:
        rows = [(name, [_standing(s) for s in own]) for name, own in compared.columns[:top]]
        _print(f"column ({compared.method})", compared.names, rows)
        left = len(compared.columns) - top
        if left > 0:
            _console.say(f"{left} more columns; --top shows more.")
    _print("setting", compared.names, [(n, [v or "" for v in vs]) for n, vs in compared.settings])


def _print(head: str, names: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    if not rows:
        return
    columns = [(_console.clean(name), _RIGHT) for name in names]
    table = _console.new_table((head, {}), *columns)
    for name, cells in rows:
        table.add_row(_console.clean(name), *(_console.clean(cell) for cell in cells))
    _console.out().print(table)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _standing(standing: Standing | None) -> str:
    if standing is None or standing.importance is None:
        return ""
    rank = f"{standing.rank}." if standing.rank else ""
    moved = f"({standing.moved:+d})" if standing.moved else ""
    # Ranks stand under ranks, also where one didn't move.
    return f"{standing.importance:.4f} {rank:>4} {moved:>5}"
