"""Python source as coloured pieces, line by line."""

from __future__ import annotations

import io
import keyword
import token
import tokenize
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from codegen_fi.render.review.words import Span


class Piece(NamedTuple):
    """A stretch of one line: its CSS class (empty for none), its text, and whether it changed."""

    kind: str
    text: str
    marked: bool = False


class _Stretch(NamedTuple):
    line: int
    start: int
    stop: int | None
    kind: str


_KINDS: Final = {
    "COMMENT": "c",
    "STRING": "s",
    "FSTRING_START": "s",
    "FSTRING_MIDDLE": "s",
    "FSTRING_END": "s",
    "NUMBER": "m",
}
_NAMING: Final = frozenset({"def", "class"})


def coloured(lines: Sequence[str]) -> list[list[Piece]]:
    """Colour a file.

    Parameters
    ----------
    lines
        Without their endings; together they are one source text.

    Returns
    -------
    list of list of Piece
        One per line. The pieces of a line joined are the line; all plain where Python doesn't
        read the text.
    """
    try:
        stretches = list(_stretches("\n".join(lines)))
    except (tokenize.TokenError, SyntaxError):
        stretches = []
    by_line: list[list[_Stretch]] = [[] for _ in lines]
    for stretch in stretches:
        if stretch.line < len(by_line):
            by_line[stretch.line].append(stretch)
    return [_pieces(line, found) for line, found in zip(lines, by_line, strict=True)]


def _stretches(text: str) -> Iterator[_Stretch]:
    """Yield what has a colour, line by line; a string over several lines is one on each."""
    before = ""
    for found in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = _KINDS.get(token.tok_name[found.type], "")
        if found.type == token.NAME:
            kind = "k" if keyword.iskeyword(found.string) else "f" if before in _NAMING else ""
            before = found.string
        if kind:
            (first, start), (last, stop) = found.start, found.end
            for line in range(first, last + 1):
                yield _Stretch(
                    line - 1,
                    start if line == first else 0,
                    stop if line == last else None,
                    kind,
                )


def _pieces(line: str, stretches: Sequence[_Stretch]) -> list[Piece]:
    pieces, place = [], 0
    for _, start, stop, kind in stretches:
        end = len(line) if stop is None else stop
        if not place <= start <= end <= len(line):
            return [Piece("", line)]
        pieces += [Piece("", line[place:start]), Piece(kind, line[start:end])]
        place = end
    return [piece for piece in (*pieces, Piece("", line[place:])) if piece.text]


def with_marks(pieces: Sequence[Piece], spans: Sequence[Span]) -> list[Piece]:
    """Mark the characters of a line that lie in the spans, splitting pieces at their ends."""
    return list(_marked(pieces, spans)) if spans else list(pieces)


def _marked(pieces: Sequence[Piece], spans: Sequence[Span]) -> Iterator[Piece]:
    place = 0
    for piece in pieces:
        end = place + len(piece.text)
        cuts = sorted(
            {place, end} | {edge for span in spans for edge in span if place < edge < end}
        )
        for start, stop in pairwise(cuts):
            inside = any(span.start <= start and stop <= span.stop for span in spans)
            yield Piece(piece.kind, piece.text[start - place : stop - place], inside)
        place = end
