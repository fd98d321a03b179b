"""Draw the table as bars; nothing but the table is needed, so a picture can be drawn again.

Figures are made without pyplot, whose global state breaks in threads and takes over notebooks.
"""

from __future__ import annotations

import io
import textwrap
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .bars import draw_panel, panel_height
from .labels import drawable, families, visible
from .panels import LINE as _LINE
from .panels import heading, panels_of, reasons
from .save import read_header, read_rows, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from matplotlib.figure import Figure

    from .rows import Row

PNG_NAME = "feature_importance.png"
SVG_NAME = "feature_importance.svg"
TOP = 20
DPI = 150
_WIDTH = 9.5


def save_plots(folder: str | Path, top: int = TOP) -> tuple[Path, Path]:
    """Draw the table that lies in a folder beside it, as PNG and SVG.

    Parameters
    ----------
    folder : path
        Holds `feature_importance.csv`, and the `.json` whose header fills the titles.
    top : int
        Most bars per method; the picture says how many columns it leaves out.

    Raises
    ------
    FileNotFoundError
        When the folder holds no table.
    ValueError
        When the table lacks a column or `top` is less than 1.
    """
    rows, header = read_rows(folder), read_header(folder)
    return (
        write_whole(Path(folder) / PNG_NAME, png(rows, header, top)),
        write_whole(Path(folder) / SVG_NAME, svg(rows, header, top)),
    )


def png(rows: Sequence[Row], header: Mapping[str, Any], top: int = TOP) -> bytes:
    """Draw as PNG of 150 dots per inch; letters that no font has are written as escapes."""
    fonts = families()
    with _style():
        figure = draw(rows, header, top, lambda name: drawable(visible(name), fonts))
        return _saved(figure, format="png", dpi=DPI)


def svg(rows: Sequence[Row], header: Mapping[str, Any], top: int = TOP) -> bytes:
    """Draw as SVG with text as text, the same bytes for the same table."""
    with _style():
        figure = draw(rows, header, top, visible)
        return _saved(figure, format="svg", metadata={"Date": None})


def draw(
    rows: Sequence[Row],
    header: Mapping[str, Any],
    top: int = TOP,
    shown: Callable[[str], str] = visible,
) -> Figure:
    """Draw one panel per method; a table without importances becomes its reasons.

    Parameters
    ----------
    rows : sequence of Row
    header : mapping
        That of the JSON; may be empty.
    top : int
        Most bars per method.
    shown : callable(str) -> str
        How to write a column's name.
    """
    from matplotlib.figure import Figure

    panels = panels_of(rows, header, top)
    lines = [line for reason in reasons(rows) for line in textwrap.wrap(shown(reason), _LINE)]
    heights = [panel_height(panel) for panel in panels]
    if lines or not panels:
        heights.append(0.3 + 0.2 * max(len(lines), 1))
    figure = Figure(figsize=(_WIDTH, 0.5 + sum(heights)), layout="constrained")
    figure.suptitle(shown(heading(header)), x=0.01, ha="left", weight="bold", parse_math=False)
    parts = figure.subfigures(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0]
    for part, panel in zip(parts, panels):  # noqa: B905
        draw_panel(part, panel, shown)
    if len(heights) > len(panels):
        text = "\n".join(lines) or "The table holds no importances."
        parts[-1].text(0.01, 0.5, text, ha="left", va="center", parse_math=False)
    return figure


@contextmanager
def _style() -> Iterator[None]:
    """Draw alike whatever style the caller has set, and leave that style alone."""
    from matplotlib import style

    settings: dict[str, Any] = {
        "font.family": list(families()),
        "font.size": 10,
        "svg.fonttype": "none",
        "svg.hashsalt": "feature importance",
    }
    with style.context(["default", settings]):
        yield


def _saved(figure: Figure, **options: Any) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    FigureCanvasAgg(figure)
    content = io.BytesIO()
    with warnings.catch_warnings():
        # A letter that no font has is drawn as a box in measuring the SVG's text; viewers have it.
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        figure.savefig(content, **options)
    return content.getvalue()
