"""One panel of horizontal bars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from .labels import shortened
from .lineage import UNUSED

if TYPE_CHECKING:
    from collections.abc import Callable

    from .panels import Panel

_BAR = 0.27
_AROUND = 1.4
_LABEL_WIDTH = 40
_BLUE = "#0072B2"
_GREY = "#555555"


def panel_height(panel: Panel) -> float:
    """Compute the height in inches that keeps bars of one thickness whatever their number."""
    return _AROUND + _BAR * (len(panel.rows) + bool(panel.rest)) + 0.17 * panel.title.count("\n")


def draw_panel(figure: Any, panel: Panel, shown: Callable[[str], str]) -> None:
    """Draw bars, intervals, names on the left and shares on the right; the largest on top.

    The title stands over the whole width, because long names leave little of it to the bars.
    """
    title = "\n".join(shown(line) for line in panel.title.split("\n"))
    figure.suptitle(title, x=0.01, ha="left", size=10, parse_math=False)
    axes = figure.subplots()
    positions = list(range(len(panel.rows)))
    values = [_length(panel, i) for i in positions]
    axes.barh(positions, values, height=0.7, color=_BLUE)
    _draw_intervals(axes, panel)
    axes.axvline(0, color="black", linewidth=0.8)
    labels = [shortened(shown(row.feature), _LABEL_WIDTH) for row in panel.rows]
    axes.set_yticks(positions)
    axes.set_yticklabels(labels, parse_math=False)
    axes.set_ylim(len(panel.rows) - 0.4 + bool(panel.rest), -0.6)
    axes.set_xlabel(panel.axis)
    _write_beside(axes, panel)
    _tidy(axes)


def _length(panel: Panel, position: int) -> float:
    row = panel.rows[position]
    return row.importance if panel.method == "permutation" else row.share


def _draw_intervals(axes: Any, panel: Panel) -> None:
    for position, row in enumerate(panel.rows):
        if math.isfinite(row.ci_low) and math.isfinite(row.ci_high):
            axes.plot(
                [row.ci_low, row.ci_high],
                [position, position],
                color="black",
                linewidth=1.2,
                marker="|",
                markersize=5,
            )


def _write_beside(axes: Any, panel: Panel) -> None:
    """Write the shares in a column of their own, where no bar or interval can cover them."""
    across = axes.get_yaxis_transform()
    beside = {"transform": across, "va": "center", "size": 9}
    axes.text(1.10, -0.75, "share", ha="right", color=_GREY, **{**beside, "va": "bottom"})
    for position, row in enumerate(panel.rows):
        axes.text(1.10, position, f"{row.share:.1%}", ha="right", **beside)
        if row.note.startswith(UNUSED):
            axes.text(0.99, position, UNUSED, ha="right", style="italic", color=_GREY, **beside)
    if panel.rest:
        columns = "1 more column" if panel.rest == 1 else f"{panel.rest} more columns"
        text = f"and {columns}, together {panel.rest_share:.1%}"
        axes.text(0.01, len(panel.rows), text, ha="left", style="italic", color=_GREY, **beside)


def _tidy(axes: Any) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
