"""Print what drives a model: the largest columns, groups of them, and who moves with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codegen_fi.cli import _console
from codegen_fi.runtime.printable import group_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.table import Table

    from codegen_fi.run import Importance, Results

_TOP = 10
_GROUPS = 3
_COLUMNS = 6
_TABLE = "feature_importance.csv"
_MOST_PLACES = 9
_SHUFFLING = "permutation"


def print_importances(results: Results) -> None:
    """Print the tables of a result, and what hides behind columns that move together."""
    if not results.importances:
        return
    out = _console.out()
    table = _table(results.importances, f"column ({results.method})", lambda row: row.feature)
    if results.scored_on is not None:
        table.title = _console.clean(_title(results))
    out.print(table)
    if results.groups:
        found = {group.name for group in results.together}

        def named(row: Importance) -> str:
            return group_label(row.feature, row.raw_feature, found)

        out.print(_table(results.groups, "columns shuffled together", named))
    for line in _together(results):
        out.print(_console.clean(line), soft_wrap=True)


def _title(results: Results) -> str:
    score = "" if results.baseline is None else f", unshuffled {results.baseline:.4g}"
    return f"{results.scored_on}{score}"


def _table(rows: Sequence[Importance], head: str, written: Callable[[Importance], str]) -> Table:
    shown = rows[:_TOP]
    intervals = any(row.ci_low is not None for row in shown)
    columns: list[tuple[str, dict[str, Any]]] = [
        ("", {"justify": "right"}),
        (head, {"overflow": "fold"}),
        ("importance", {"justify": "right"}),
        *([("95 % interval", {"justify": "right"})] if intervals else []),
        ("share", {"justify": "right"}),
    ]
    table = _console.new_table(*columns)
    number = _numbers([row.importance for row in shown])
    for row in shown:
        interval = "" if row.ci_low is None else f"{number(row.ci_low)} .. {number(row.ci_high)}"
        share = "" if row.share is None else f"{row.share:.1%}"
        cells = [str(row.rank), _console.clean(written(row)), number(row.importance)]
        table.add_row(*cells, *([interval] if intervals else []), share)
    if len(rows) > _TOP:
        table.caption = f"{len(rows) - _TOP} more in {_TABLE}"
    return table


def _numbers(values: Sequence[float | None]) -> Callable[[float | None], str]:
    """Write all numbers of a table to the place where the largest has four digits."""
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    places = 4 if largest == 0 else 3 - int(f"{largest:.3e}".partition("e")[2])
    if largest < 1:
        places = max(places, 4)
    form = f",.{max(places, 0)}f" if places <= _MOST_PLACES else ".3e"

    def written(value: float | None) -> str:
        if value is None:
            return ""
        text = f"{value:{form}}"
        # A number that is rounded to nothing has no sign.
        return text.lstrip("-") if float(text.replace(",", "")) == 0 else text

    return written


def _together(results: Results) -> list[str]:
    """Say which columns hide each other's importance, but for those shuffled together above."""
    shuffled = {row.raw_feature for row in results.groups}
    left = [group for group in results.together if " + ".join(group.columns) not in shuffled]
    if not left:
        return []
    lines = [
        f"Move together ({group.strength:.2f}): {_some(group.columns)}" for group in left[:_GROUPS]
    ]
    rest = len(left) - _GROUPS
    if rest > 0:
        lines.append(f"and {rest} more of such groups in feature_importance.json")
    single = results.method == _SHUFFLING and not results.groups
    how = "; --group auto shuffles them together" if single else ""
    return [*lines, f"Columns that move together share or hide importance{how}."]


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _COLUMNS
    return ", ".join(names[:_COLUMNS]) + (f" and {rest} more" if rest > 0 else "")
