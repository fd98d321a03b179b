"""Whole names in an SVG: pointing at a name shows what was cut out of its middle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_GROUP = re.compile(r'<g id="name-(\d+)">')


def with_names(svg: bytes, names: Sequence[Sequence[str]], shown: Callable[[str], str]) -> bytes:
    """Give each name of a picture its whole text as a title.

    Parameters
    ----------
    svg : bytes
        A picture whose names are groups with the ids `name-0`, `name-1`, ... panel by panel.
    names : sequence of sequences of str
        The whole names of each panel.
    shown : callable(str) -> str
        Makes control characters visible.
    """
    text = svg.decode("utf-8")
    panel, last = -1, len(text)

    def titled(match: re.Match[str]) -> str:
        nonlocal panel, last
        place = int(match[1])
        # Counting starts anew with each panel.
        panel += place <= last or panel < 0
        last = place
        return f'<g id="name-{panel}-{place}"><title>{escape(shown(names[panel][place]))}</title>'

    return _GROUP.sub(titled, text).encode("utf-8")
