"""Lines of code as HTML.

Made here and not by a template: a page has thousands of pieces of code, and a macro of a template
takes ten times as long for each. Every piece of text goes through `escaped`.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from codegen_fi.render.review.colours import Stretch
from codegen_fi.render.review.words import Span
from codegen_fi.render.templates import printable

_PLAIN: Final = ""


class Piece(NamedTuple):
    """A stretch of one line: its CSS class (empty for none), its text, and whether it changed."""

    kind: str
    text: str
    marked: bool = False


def escaped(text: str) -> str:
    """Return text as HTML that shows it, with what isn't printable written out."""
    return html.escape(text if text.isprintable() else printable(text))


def code(line: str, stretches: Sequence[Stretch], marks: Sequence[Span] = ()) -> str:
    """Return a line as HTML: coloured, and what changed in it marked.

    Parameters
    ----------
    line
        Without its ending.
    stretches
        What has a colour; all is plain where they aren't of this line.
    marks
        The characters that the other script doesn't have.
    """
    if not stretches and not marks:
        return escaped(line)
    pieces = _pieces(line, stretches)
    return "".join(map(_html, _marked(pieces, marks) if marks else pieces))


def _pieces(line: str, stretches: Sequence[Stretch]) -> list[Piece]:
    pieces, place = [], 0
    for start, stop, kind in stretches:
        end = len(line) if stop is None else stop
        if not place <= start <= end <= len(line):
            return [Piece(_PLAIN, line)]
        if place < start:
            pieces.append(Piece(_PLAIN, line[place:start]))
        if start < end:
            pieces.append(Piece(kind, line[start:end]))
        place = end
    if place < len(line):
        pieces.append(Piece(_PLAIN, line[place:]))
    return pieces


def _marked(pieces: Sequence[Piece], spans: Sequence[Span]) -> list[Piece]:
    """Split the pieces at the ends of the spans and mark what lies inside."""
    found, place = [], 0
    for piece in pieces:
        end = place + len(piece.text)
        cuts = sorted(
            {place, end} | {edge for span in spans for edge in span if place < edge < end}
        )
        for start, stop in pairwise(cuts):
            inside = any(span.start <= start and stop <= span.stop for span in spans)
            found.append(Piece(piece.kind, piece.text[start - place : stop - place], inside))
        place = end
    return found


def _html(piece: Piece) -> str:
    kind, text, marked = piece
    shown = escaped(text)
    if marked:
        return f'<mark class="{kind}">{shown}</mark>' if kind else f"<mark>{shown}</mark>"
    return f'<i class="{kind}">{shown}</i>' if kind else shown
