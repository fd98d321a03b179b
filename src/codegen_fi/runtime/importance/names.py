"""Long names made short: the middle goes, and no letter written as an escape is cut in two."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ELLIPSIS = "…"
_HUMP = re.compile(r"\W*(?:[A-Z]+(?![a-z])|[A-Z]?[^A-Z]+)\W*")


def short_name(name: str, width: int, shown: Callable[[str], str]) -> str:
    """Cut the middle out of a name wider than `width`, counted in Latin letters.

    Parameters
    ----------
    name : str
        Of any length, in any script.
    width : int
        What fits.
    shown : callable(str) -> str
        How a letter is written; may be more than one.
    """
    letters = [shown(letter) for letter in name]
    if _width(letters) <= width:
        return "".join(letters)
    head = _fitting(letters, (width - 1) * 2 // 3)
    tail = _fitting(letters[::-1], width - 1 - _width(head))[::-1]
    return f"{''.join(head)}{_ELLIPSIS}{''.join(tail)}"


def broken_name(name: str, width: int, most: int, shown: Callable[[str], str]) -> list[str]:
    """Break a name into at most so many lines, at blanks and between the words of a class."""
    parts = [part for word in name.split(" ") for part in _words(word)]
    lines = [""]
    for part in parts:
        text = short_name(part, width, shown)
        if lines[-1] and len(lines[-1]) + len(text) > width:
            lines.append("")
        lines[-1] += text
    lines = [line.strip() for line in lines]
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1] + _ELLIPSIS]


def _words(word: str) -> list[str]:
    found = _HUMP.findall(word) or [word]
    return [*found[:-1], found[-1] + " "]


def _width(letters: Sequence[str]) -> int:
    return sum(_letter_width(letter) for letter in letters)


def _letter_width(letter: str) -> int:
    if len(letter) != 1:
        return len(letter)
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _fitting(letters: Sequence[str], width: int) -> list[str]:
    used = 0
    for end, letter in enumerate(letters):
        used += _letter_width(letter)
        if used > width:
            return list(letters[:end])
    return list(letters)
