"""Members of an ensemble side by side: a map of the columns' shares in each of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .names import broken_name, short_name
from .panels import weight_of
from .rows import RAW, WHOLE, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_MEMBERS = 14
_INSIDE = " / "
_CELL = (0.92, 0.3)
_NAME_WIDTH = 38
_LABEL_WIDTH = 15
_DARK = 0.6
_NONE = "#EEEEEE"
_BLUES = ("#F7FBFF", "#6BAED6", "#084594")
_METHODS = ("native", "shap")


@dataclass(frozen=True)
class Heat:
    """Shares of the columns in each member.

    Attributes
    ----------
    title : tuple of str
        Paragraphs.
    names : tuple of str
        Whole names of the columns, the largest in the ensemble first.
    members : tuple of (str, str)
        Name and weight, as text, of each.
    shares : tuple of tuple of (float or None)
        For each column its share in each member; None where the member says nothing.
    """

    title: tuple[str, ...]
    names: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    shares: tuple[tuple[float | None, ...], ...]


def heat_of(rows: Sequence[Row], top: int) -> Heat | None:
    """Lay the members out, the heaviest first; None when the model has none."""
    for method in _METHODS:
        found = [row for row in rows if row.method == method and not row.class_name]
        members = list(dict.fromkeys(r.model for r in found if _is_member(r.model)))
        whole = [r for r in found if r.model == WHOLE and r.space == RAW and r.rank is not None]
        if len(members) > 1 and whole:
            return _heat(method, found, members, sorted(whole, key=lambda r: r.rank or 0), top)
    return None


def _is_member(model: str) -> bool:
    return model != WHOLE and _INSIDE not in model


def _heat(
    method: str, found: Sequence[Row], members: list[str], whole: Sequence[Row], top: int
) -> Heat:
    of_member = {name: [row for row in found if row.model == name] for name in members}
    weights = {name: weight_of(of_member[name]) for name in members}
    members.sort(key=lambda name: -_as_number(weights[name]))
    shown, others = members[:MOST_MEMBERS], members[MOST_MEMBERS:]
    names = tuple(row.feature for row in whole[:top])
    known = [{r.feature: r.share for r in whole}, *(_shares(of_member[name]) for name in shown)]
    lines = [f"Share of each column in the {len(members)} members ({method}), heaviest first"]
    if others:
        lines.append(f"{len(others)} lighter members are in the table.")
    if len(whole) > top:
        lines.append(_rest(whole[top:]))
    if not all(known):
        lines.append("Grey: the member tells no importances.")
    return Heat(
        tuple(lines),
        names,
        (("ensemble", ""), *((name, weights[name]) for name in shown)),
        tuple(tuple(of.get(name) for of in known) for name in names),
    )


def _rest(rest: Sequence[Row]) -> str:
    columns = "1 more column is" if len(rest) == 1 else f"{len(rest)} more columns are"
    together = math.fsum(row.share for row in rest)
    return f"{columns} in the table, together {together:.1%} of the ensemble."


def _shares(rows: Sequence[Row]) -> dict[str, float]:
    return {row.feature: row.share for row in rows if row.space == RAW and row.rank is not None}


def _as_number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def heat_size(heat: Heat) -> tuple[float, float]:
    """Compute width and height in inches."""
    width = 4.6 + _CELL[0] * len(heat.members)
    return max(width, 7.5), 1.9 + _CELL[1] * len(heat.names) + 0.2 * len(heat.title)


def draw_heat(figure: Any, heat: Heat, shown: Callable[[str], str]) -> None:
    """Draw the map with the numbers in it."""
    from matplotlib.colors import LinearSegmentedColormap, Normalize
    from matplotlib.patches import Rectangle

    axes = figure.subplots()
    colours = LinearSegmentedColormap.from_list("shares", _BLUES)
    largest = max((s for line in heat.shares for s in line if s is not None), default=1.0) or 1.0
    scale = Normalize(0.0, largest)
    for y, line in enumerate(heat.shares):
        for x, share in enumerate(line):
            # A gap sets the ensemble apart from its members.
            left = x - 0.5 + (0.25 if x else 0.0)
            colour = _NONE if share is None else colours(scale(share))
            axes.add_patch(Rectangle((left, y - 0.5), 1, 1, facecolor=colour, edgecolor="white"))
            if share is not None:
                ink = "white" if scale(share) > _DARK else "black"
                text = f"{share:.1%}" if share else "0"
                axes.text(left + 0.5, y, text, ha="center", va="center", size=8, color=ink)
    axes.set_xlim(-0.5, len(heat.members) - 0.25)
    axes.set_ylim(len(heat.names) - 0.5, -0.5)
    axes.xaxis.tick_top()
    axes.set_xticks([x + (0.25 if x else 0.0) for x in range(len(heat.members))])
    labels = [_label(name, weight, shown) for name, weight in heat.members]
    axes.set_xticklabels(labels, size=8, parse_math=False)
    axes.set_yticks(range(len(heat.names)))
    names = [short_name(name, _NAME_WIDTH, shown) for name in heat.names]
    axes.set_yticklabels(names, parse_math=False)
    for place, label in enumerate(axes.get_yticklabels()):
        label.set_gid(f"name-{place}")
    axes.tick_params(length=0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


def _label(name: str, weight: str, shown: Callable[[str], str]) -> str:
    lines = broken_name(name, _LABEL_WIDTH, 4, shown)
    return "\n".join([*lines, *([f"weight {weight}"] if weight else [])])
