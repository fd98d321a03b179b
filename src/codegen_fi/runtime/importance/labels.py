"""Column names as a picture can show them: any length, any script, nothing taken for markup."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BASE_FONT = "DejaVu Sans"
_WIDE_SCRIPTS = ("Noto Sans CJK", "Noto Sans", "WenQuanYi", "Source Han Sans", "Hiragino Sans")
_WINDOWS = ("Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "Segoe UI", "Arial Unicode MS")
_ELLIPSIS = "…"


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


def shortened(name: str, width: int) -> str:
    """Cut the middle out of a name wider than `width`, counted in Latin letters."""
    if _width(name) <= width:
        return name
    head = _fitting(name, (width - 1) * 2 // 3)
    tail = _fitting(name[::-1], width - 1 - _width(head))[::-1]
    return f"{head}{_ELLIPSIS}{tail}"


def visible(text: str) -> str:
    """Write line breaks and other control characters as escapes."""
    return "".join(
        _escaped(char) if unicodedata.category(char) in _UNSEEN else char for char in text
    )


def drawable(text: str, fonts: Sequence[str]) -> str:
    """Write the letters that none of the fonts has as escapes, so that names stay apart."""
    known = _known_letters(tuple(fonts))
    return "".join(char if ord(char) in known else _escaped(char) for char in text)


_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _width(text: str) -> int:
    return sum(_letter_width(char) for char in text)


def _letter_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _fitting(text: str, width: int) -> str:
    for end, _ in enumerate(text):
        if _width(text[: end + 1]) > width:
            return text[:end]
    return text


@lru_cache(maxsize=8)
def _known_letters(fonts: tuple[str, ...]) -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    letters: set[int] = set()
    for family in fonts:
        path = findfont(FontProperties(family=[family]), fallback_to_default=False)
        letters.update(FT2Font(path).get_charmap())
    return frozenset(letters)
