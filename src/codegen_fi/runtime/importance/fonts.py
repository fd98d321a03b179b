"""Fonts for the letters of any script: those matplotlib has, and those this machine has."""

from __future__ import annotations

import logging
import unicodedata
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BASE_FONT = "DejaVu Sans"
_WIDE_SCRIPTS = ("Noto Sans CJK", "Noto Sans", "WenQuanYi", "Source Han Sans", "Hiragino Sans")
_WINDOWS = ("Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "Segoe UI", "Arial Unicode MS")
# They have a box for every letter there is.
_BOXES = ("Last Resort", ".", "Adobe Blank")
_REGULAR = 400

_OF_CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "FULLWIDTH", "HALFWIDTH")
_OF_SIGNS = ("So", "Sk", "Sm")
_MOST_NAMED = 4


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """List the fonts to draw with: matplotlib's own, then installed ones of wide coverage."""
    from matplotlib.font_manager import fontManager

    installed = sorted({entry.name for entry in fontManager.ttflist})
    wide = [
        name
        for start in (*_WIDE_SCRIPTS, *_WINDOWS)
        for name in installed
        if name.startswith(start)
    ]
    return (BASE_FONT, *dict.fromkeys(wide))


def families_for(letters: Iterable[str]) -> tuple[str, ...]:
    """List the fonts to draw some letters with, whatever script they are of.

    Parameters
    ----------
    letters : iterable of str
        Texts.

    Returns
    -------
    tuple of str
        Those of `families`, and where they lack a letter any other that has it.
    """
    fonts = families()
    missing = {ord(char) for text in letters for char in text} - known_letters(fonts)
    return (*fonts, *_others(frozenset(missing))) if missing else fonts


@contextmanager
def drawing_with(fonts: Sequence[str]) -> Iterator[None]:
    """Draw alike whatever style the caller has set, and leave that style alone."""
    from matplotlib import style

    settings: dict[str, Any] = {
        "font.family": list(fonts),
        "font.size": 10,
        "svg.fonttype": "none",
        "svg.hashsalt": "feature importance",
    }
    # A font of one script needn't have a bold face.
    said = logging.getLogger("matplotlib.font_manager")
    before = said.level
    said.setLevel(logging.ERROR)
    try:
        with style.context(["default", settings]):
            yield
    finally:
        said.setLevel(before)


def advice(letters: Iterable[str], fonts: Sequence[str]) -> str:
    """Say which fonts to install for the letters that none of the given ones has; else nothing."""
    known = known_letters(tuple(fonts))
    missing = sorted({char for text in letters for char in text if ord(char) not in known})
    wanted = list(dict.fromkeys(name for char in missing if (name := _font_of(char))))
    if not missing:
        return ""
    rest = len(wanted) - _MOST_NAMED
    named = ", ".join(wanted[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
    return (
        f"No font on this machine has the letters {_some(missing)}: the PNG writes them as "
        "\\uXXXX, the SVG as they are."
        + (f" Install {named} and draw again with codegen-fi plot." if wanted else "")
    )


@lru_cache(maxsize=16)
def known_letters(fonts: tuple[str, ...]) -> frozenset[int]:
    """Collect the letters that some of the fonts have."""
    letters: set[int] = set()
    return frozenset(letters.union(*map(_letters_of, fonts)))


def _letters_of(family: str) -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont

    return _letters_in(findfont(FontProperties(family=[family]), fallback_to_default=False))


@lru_cache(maxsize=64)
def _letters_in(path: str) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(path).get_charmap())


@lru_cache(maxsize=8)
def _others(missing: frozenset[int]) -> tuple[str, ...]:
    """Look through all fonts that are installed, each of which has to be opened."""
    found: list[str] = []
    left = set(missing)
    for name, path in _installed():
        try:
            here = left & _letters_in(path)
        except Exception:  # noqa: BLE001, S112 - a font that can't be opened is no help
            continue
        if here:
            found.append(name)
            left -= here
        if not left:
            break
    return tuple(found)


def _installed() -> list[tuple[str, str]]:
    """List names and files of upright fonts, with those that matplotlib hasn't seen yet."""
    from matplotlib.font_manager import findSystemFonts, fontManager

    known = {entry.fname for entry in fontManager.ttflist}
    for path in sorted(set(findSystemFonts()) - known):
        try:
            fontManager.addfont(path)
        except Exception:  # noqa: BLE001, S112 - nor is one that can't be read
            continue
    upright = {
        entry.name: entry.fname
        for entry in fontManager.ttflist
        if (entry.style, entry.weight) == ("normal", _REGULAR) and not entry.name.startswith(_BOXES)
    }
    # Those of text come before those of signs.
    return sorted(upright.items(), key=lambda font: ("Sans" not in font[0], font))


def _font_of(char: str) -> str:
    """Name the font of Google's Noto that has a letter; they are free and cover all scripts."""
    words = unicodedata.name(char, "").split()
    if not words:
        return ""
    if words[0] in _OF_CJK:
        return "Noto Sans CJK"
    if unicodedata.category(char) in _OF_SIGNS:
        return "Noto Emoji"
    if unicodedata.category(char)[0] in "LMN":
        return f"Noto Sans {words[0].capitalize()}"
    return ""


def _some(letters: Sequence[str]) -> str:
    rest = len(letters) - _MOST_NAMED
    return " ".join(letters[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
