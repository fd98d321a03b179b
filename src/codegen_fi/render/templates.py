"""Find and fill the templates; text from a script goes in as ``repr`` or escaped, never as is."""

from __future__ import annotations

import html
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup, escape

_SENTINEL = "README.md.j2"
_MARKDOWN = frozenset("\\`*_[]|~$")
_HTML = frozenset("<>&")
# What is left of differences between equal scores.
_NOTHING = 1e-12
_WORD_STARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=_)(?=\w)")
_ESCAPE = re.compile(r"\\(.)")
_APART = {"$": "<span>&#36;</span>", "\\": "<span>&#92;</span>"}
_STARTS_A_BLOCK = re.compile(r"([#+=:-]|\d+(?=[.)](?:\s|$)))")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - no template here makes HTML; Markdown has its own filter
    )
    environment.filters["py"] = repr
    environment.filters["md"] = markdown
    environment.filters["cell_md"] = cell_markdown
    return environment


@cache
def _html_environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=True,
    )
    environment.filters["shown"] = printable
    environment.filters["number"] = number
    environment.filters["breakable"] = breakable
    environment.filters["host"] = host
    return environment


def _folder() -> Path:
    """Return the packaged templates, or those of the source tree in an editable install."""
    package = Path(str(files("codegen_fi")))
    for candidate in (package / "templates", package.parents[1] / "templates"):
        if (candidate / _SENTINEL).is_file():
            return candidate
    raise FileNotFoundError(f"no templates in {package} or {package.parents[1]}: reinstall")


def fill(name: str, **values: Any) -> str:
    """Return a template filled with values; a value that isn't given is an error."""
    return _environment().get_template(name).render(**values)


def fill_html(name: str, **values: Any) -> str:
    """Return an HTML template filled with values, all of them escaped."""
    return _html_environment().get_template(name).render(**values)


def text_of(name: str) -> str:
    """Return the text of a file among the templates, as it is."""
    return (_folder() / name).read_text(encoding="utf-8")


def printable(value: object) -> str:
    """Return text whose control characters, line ends and the like can be seen and do nothing."""
    text = str(value)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\t" else ascii(c)[1:-1] for c in text)


def breakable(name: object) -> Markup:
    """Return the name of a class as HTML, which a narrow column may break between its words."""
    return Markup(_WORD_STARTS.sub("<wbr>", str(escape(printable(name)))))  # noqa: S704 - escaped


def host(address: str) -> str:
    """Return whose page an address is."""
    return urlsplit(address).netloc or address


def number(value: float | None) -> str:
    """Return a number for a person: four digits that count, thousands apart."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    return "0" if abs(value) < _NOTHING else f"{value:.4g}"


def markdown(value: object) -> str:
    """Return text that Markdown (and the HTML in it) shows as it is, on one line."""
    shown = "".join(_shown(character) for character in str(value))
    start = _STARTS_A_BLOCK.match(shown)
    if start is None:
        return shown
    # A number is escaped after its digits (1\\.), a mark before itself.
    place = start.end() if shown[0].isdigit() else 0
    return shown[:place] + "\\" + shown[place:]


def cell_markdown(value: object) -> str:
    r"""Return text that a notebook's Markdown cell shows as it is, on one line.

    Notebooks hand the page to MathJax when Markdown has taken its escapes away: what begins a
    formula there (``$``, ``\(``, ``\begin``) must not stand in one text with what ends it.
    """
    return _ESCAPE.sub(lambda found: _APART.get(found[1], found[0]), markdown(value))


def _shown(character: str) -> str:
    if character in _HTML:
        return html.escape(character)
    if character in _MARKDOWN:
        return "\\" + character
    if character.isspace():
        return " "
    return character if character.isprintable() else "\\" + ascii(character)[1:-1]
