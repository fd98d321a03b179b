"""Horizontal bars, methods or classes side by side over one list of names."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

from .compat import pairs
from .lineage import UNREAD, UNUSED
from .names import short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .panels import Facet, Panel

LETTERS = 11.8
"""Letters that fit on an inch of a line."""

_BAR = 0.27
_AROUND = 1.15
_TITLE = 0.18
_NAME_WIDTHS = (42, 34, 28, 24)
# Okabe and Ito's colours, told apart with any colour vision.
_COLOURS = ("#0072B2", "#009E73", "#E69F00", "#CC79A7", "#56B4E9", "#D55E00")
_NEGATIVE = "#D55E00"
_GREY = "#555555"


def lines_of(texts: Sequence[str], inches: float, shown: Callable[[str], str]) -> list[str]:
    """Break paragraphs into lines that fit."""
    most = int(LETTERS * inches)
    return [line for text in texts for line in textwrap.wrap(shown(text), most)]


def panel_height(panel: Panel, inches: float, shown: Callable[[str], str]) -> float:
    """Compute the height in inches that keeps bars of one thickness whatever their number."""
    rest = max(_lines(facet.rest) for facet in panel.facets)
    above = _TITLE * (len(lines_of(panel.title, inches, shown)) + (len(panel.facets) > 1))
    return _AROUND + _BAR * (len(panel.names) + rest) + above


def draw_panel(figure: Any, panel: Panel, inches: float, shown: Callable[[str], str]) -> None:
    """Draw bars, intervals, names on the left and shares on the right; the largest on top.

    The title stands over the whole width, because long names leave little of it to the bars.
    """
    title = "\n".join(lines_of(panel.title, inches, shown))
    figure.suptitle(title, x=0.01, ha="left", size=10, parse_math=False)
    count = len(panel.facets)
    all_axes = figure.subplots(1, count, sharex=panel.alike, sharey=True, squeeze=False)[0]
    width = _NAME_WIDTHS[min(count, len(_NAME_WIDTHS)) - 1]
    places = list(range(len(panel.names)))
    for number, (axes, facet) in enumerate(pairs(list(all_axes), panel.facets)):
        _draw_facet(axes, facet, _COLOURS[number % len(_COLOURS)], shown)
        if count > 1:
            head = short_name(facet.title, 30, shown)
            axes.set_title(head, size=10, weight="bold", parse_math=False)
    first = all_axes[0]
    first.set_yticks(places)
    labels = [short_name(name, width, shown) for name in panel.labels or panel.names]
    first.set_yticklabels(labels, parse_math=False)
    for place, label in enumerate(first.get_yticklabels()):
        label.set_gid(f"name-{place}")
    below = max(_lines(facet.rest) for facet in panel.facets)
    first.set_ylim(len(places) - 0.4 + below, -0.6)


def _draw_facet(axes: Any, facet: Facet, colour: str, shown: Callable[[str], str]) -> None:
    places = [i for i, row in enumerate(facet.rows) if row is not None]
    values = [_length(facet, i) for i in places]
    if facet.signed:
        colour = _COLOURS[0]
    colours = [_NEGATIVE if facet.signed and value < 0 else colour for value in values]
    axes.barh(places, values, height=0.7, color=colours)
    if not facet.signed:
        _draw_intervals(axes, facet)
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_xlabel(short_name(facet.axis, 44, shown), parse_math=False)
    axes.margins(x=0.03)
    _write_beside(axes, facet, shown)
    _tidy(axes)


def _length(facet: Facet, place: int) -> float:
    row = facet.rows[place]
    if row is None:
        return 0.0
    return row.importance if facet.measured else row.share


def _draw_intervals(axes: Any, facet: Facet) -> None:
    for place, row in enumerate(facet.rows):
        if row is not None and math.isfinite(row.ci_low) and math.isfinite(row.ci_high):
            axes.plot(
                [row.ci_low, row.ci_high],
                [place, place],
                color="black",
                linewidth=1.2,
                marker="|",
                markersize=5,
            )


def _write_beside(axes: Any, facet: Facet, shown: Callable[[str], str]) -> None:
    """Write the numbers in a column of their own, where no bar or interval can cover them."""
    from matplotlib.transforms import offset_copy

    across = axes.get_yaxis_transform()
    right = offset_copy(across, fig=axes.figure, x=38, units="points")
    beside = {"va": "center", "size": 9, "parse_math": False}
    head = "value" if facet.signed else "share"
    axes.text(
        1, -0.72, head, ha="right", color=_GREY, transform=right, **{**beside, "va": "bottom"}
    )
    for place, row in enumerate(facet.rows):
        text = "" if row is None else _number(facet, row.importance, row.share)
        axes.text(1, place, text, ha="right", transform=right, **beside)
        if row is not None and row.note.startswith((UNUSED, UNREAD)) and not facet.signed:
            place_of = {"ha": "right", "style": "italic", "color": _GREY, "transform": across}
            axes.text(0.99, place, "not used", **{**beside, **place_of})
    for number, line in enumerate(_broken(facet.rest, shown)):
        place_of = {"ha": "left", "style": "italic", "color": _GREY, "transform": across}
        place_of["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        axes.text(0.01, len(facet.rows) + number, line, **{**beside, **place_of})


def _number(facet: Facet, importance: float, share: float) -> str:
    return f"{importance:.3g}" if facet.signed else f"{share:.1%}"


def _broken(rest: str, shown: Callable[[str], str]) -> Sequence[str]:
    return [short_name(line, 44, shown) for line in rest.split("\n")] if rest else ()


def _lines(rest: str) -> int:
    return rest.count("\n") + 1 if rest else 0


def _tidy(axes: Any) -> None:
    from matplotlib.ticker import MaxNLocator

    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=9)
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
