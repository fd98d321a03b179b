"""Column names as a picture can show them: any script, nothing taken for markup."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from .fonts import known_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


def visible(text: str) -> str:
    """Write line breaks and other control characters as escapes."""
    return "".join(
        _escaped(char) if unicodedata.category(char) in _UNSEEN else char for char in text
    )


def drawable(text: str, fonts: Sequence[str]) -> str:
    """Write the letters that none of the fonts has as escapes, so that names stay apart."""
    known = known_letters(tuple(fonts))
    return "".join(char if ord(char) in known else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
