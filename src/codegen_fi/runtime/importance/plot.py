"""Draw the table; nothing but the table is needed, so a picture can be drawn again.

Figures are made without pyplot, whose global state breaks in threads and takes over notebooks.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .bars import draw_panel, lines_of, panel_height
from .compat import pairs
from .fonts import advice, drawing_with, families_for
from .heat import Heat, draw_heat, heat_of, heat_size
from .labels import drawable, visible
from .panels import class_panel, coefficient_panel, raw_panels
from .save import read_header, read_rows, write_whole
from .tooltips import with_names
from .wording import heading, reasons, togetherness

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from matplotlib.figure import Figure

    from .panels import Panel
    from .rows import Row

STEM = "feature_importance"
PNG_NAME = f"{STEM}.png"
SVG_NAME = f"{STEM}.svg"
OTHERS = ("members", "classes", "coefficients")
TOP = 20
DPI = 150
_MOST_DOTS = 65_000
_WIDTH = 9.5
_WIDER = 3.0
_MOST_CLASSES = 6
_UNDRAWN = "Letters that no font on this machine has are written as \\uXXXX; the SVG has them."


def save_plots(folder: str | Path, top: int = TOP, methods: Sequence[str] = ()) -> tuple[Path, ...]:
    """Draw the table that lies in a folder beside it, as PNG and SVG.

    Parameters
    ----------
    folder : path
        Holds `feature_importance.csv`, and the `.json` whose header fills the titles.
    top : int
        Most bars per method; the picture says how many columns it leaves out.
    methods : sequence of str
        Only these; all without any.

    Returns
    -------
    tuple of pathlib.Path
        The main picture first, then those of the members, classes and coefficients that the
        table has; each as PNG and SVG. Earlier ones that it no longer has are removed.

    Raises
    ------
    FileNotFoundError
        When the folder holds no table.
    ValueError
        When the table lacks a column or `top` is less than 1.
    """
    rows, header = read_rows(folder), read_header(folder)
    if methods:
        rows = tuple(row for row in rows if row.method in methods)
    stems = {"": STEM, **{name: f"{STEM}_{name}" for name in OTHERS}}
    written: list[Path] = []
    for name, stem in stems.items():
        paths = [Path(folder) / f"{stem}{ending}" for ending in (".png", ".svg")]
        if name and not has_picture(name, rows, top):
            for path in paths:
                if path.exists():
                    path.unlink()
            continue
        drawn = (png(rows, header, top, name), svg(rows, header, top, name))
        written += [write_whole(path, content) for path, content in pairs(paths, drawn)]
    return tuple(written)


def lacking_fonts(folder: str | Path) -> str:
    """Say which letters of a folder's table the PNG can't show, and which fonts have them."""
    texts = _texts(read_rows(folder), read_header(folder))
    return advice(texts, families_for(texts))


def has_picture(name: str, rows: Sequence[Row], top: int = TOP) -> bool:
    """Tell whether the table has what a picture shows."""
    return _content(name, rows, {}, top) is not None


def png(rows: Sequence[Row], header: Mapping[str, Any], top: int = TOP, name: str = "") -> bytes:
    """Draw as PNG of 150 dots per inch, fewer for thousands of bars.

    Letters that no font has are written as escapes.
    """
    fonts = families_for(_texts(rows, header))

    def shown(text: str) -> str:
        return drawable(visible(text), fonts)

    with drawing_with(fonts):
        figure = draw(rows, header, top, shown, name)
        dots = min(DPI, _MOST_DOTS / max(figure.get_size_inches()))
        return _saved(figure, format="png", dpi=dots)


def svg(rows: Sequence[Row], header: Mapping[str, Any], top: int = TOP, name: str = "") -> bytes:
    """Draw as SVG with text as text, the same bytes for the same table."""
    with drawing_with(families_for(_texts(rows, header))):
        figure = draw(rows, header, top, visible, name)
        content = _saved(figure, format="svg", metadata={"Date": None})
    shown = _content(name, rows, header, top)
    names = [part.names for part in ([shown] if isinstance(shown, Heat) else shown or [])]
    return with_names(content, names, visible)


def draw(
    rows: Sequence[Row],
    header: Mapping[str, Any],
    top: int = TOP,
    shown: Callable[[str], str] = visible,
    name: str = "",
) -> Figure:
    """Draw one picture; a table without importances becomes its reasons.

    Parameters
    ----------
    rows : sequence of Row
    header : mapping
        That of the JSON; may be empty.
    top : int
        Most bars per method.
    shown : callable(str) -> str
        How to write a column's name.
    name : {"", "members", "classes", "coefficients"}
        Which picture.
    """
    content = _content(name, rows, header, top)
    if isinstance(content, Heat):
        return _heat_figure(content, header, shown)
    panels = content or []
    foot = [] if name else reasons(rows)
    names = [of for panel in panels for of in panel.names]
    foot += togetherness(header, names)
    if any(shown(of) != visible(of) for of in names):
        foot.append(_UNDRAWN)
    return _figure(panels, header, foot, shown)


def _texts(rows: Sequence[Row], header: Mapping[str, Any]) -> set[str]:
    """Collect the texts of a table that a picture may show, as it shows them."""
    found = {heading(header), *reasons(rows)}
    for row in rows:
        found.update((row.feature, row.raw_feature, row.class_name, row.model))
    return {visible(text) for text in found}


def _content(
    name: str, rows: Sequence[Row], header: Mapping[str, Any], top: int
) -> list[Panel] | Heat | None:
    """Return what a picture shows; None when the table has nothing of it."""
    if not name:
        return raw_panels(rows, header, top)
    if name == "members":
        return heat_of(rows, top)
    panel = {"classes": class_panel, "coefficients": coefficient_panel}[name](
        rows, top, _MOST_CLASSES
    )
    return None if panel is None else [panel]


def _figure(
    panels: Sequence[Panel],
    header: Mapping[str, Any],
    foot: Sequence[str],
    shown: Callable[[str], str],
) -> Figure:
    from matplotlib.figure import Figure

    facets = max((len(panel.facets) for panel in panels), default=1)
    width = max(_WIDTH, _WIDER * (facets + 1))
    lines = lines_of(foot, width, shown)
    heights = [panel_height(panel, width, shown) for panel in panels]
    if lines or not panels:
        heights.append(0.3 + 0.19 * max(len(lines), 1))
    figure = Figure(figsize=(width, 0.5 + sum(heights)), layout="constrained")
    _head(figure, header, shown)
    parts = figure.subfigures(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0]
    for part, panel in zip(parts, panels):  # noqa: B905
        draw_panel(part, panel, width, shown)
    if len(heights) > len(panels):
        text = "\n".join(lines) or "The table holds no importances."
        parts[-1].text(0.01, 0.5, text, ha="left", va="center", size=9, parse_math=False)
    return figure


def _heat_figure(heat: Heat, header: Mapping[str, Any], shown: Callable[[str], str]) -> Figure:
    from matplotlib.figure import Figure

    width, height = heat_size(heat)
    figure = Figure(figsize=(width, height), layout="constrained")
    _head(figure, header, shown)
    part: Any = figure.subfigures(1, 1)
    texts = [*heat.title]
    if any(shown(of) != visible(of) for of in heat.names):
        texts.append(_UNDRAWN)
    part.suptitle(
        "\n".join(lines_of(texts, width, shown)), x=0.01, ha="left", size=10, parse_math=False
    )
    draw_heat(part, heat, shown)
    return figure


def _head(figure: Figure, header: Mapping[str, Any], shown: Callable[[str], str]) -> None:
    title = shown(heading(header))
    figure.suptitle(title, x=0.01, ha="left", weight="bold", parse_math=False)


def _saved(figure: Figure, **options: Any) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    FigureCanvasAgg(figure)
    content = io.BytesIO()
    with warnings.catch_warnings():
        # A letter that no font has is drawn as a box in measuring the SVG's text; viewers have it.
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        figure.savefig(content, **options)
    return content.getvalue()
