"""The two scripts beside each other: hunks with their rules, and what is folded between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codegen_fi.model.changes import Change
from codegen_fi.render.diff import Difference, Hunk
from codegen_fi.render.review.colours import Piece, coloured, with_marks
from codegen_fi.render.review.words import Span, changed_words, paired


@dataclass(frozen=True)
class Line:
    """One line of a side; numbers count from 1, None where the other script has no such line."""

    old: int | None
    new: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Stretch:
    """Neighbouring lines that stayed (`same`), or went and came (`old`, `new`)."""

    same: tuple[Line, ...] = ()
    old: tuple[Line, ...] = ()
    new: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Reason:
    """What a rule did in a hunk."""

    rule: str
    why: str
    source: str | None
    behaviour: str | None


@dataclass(frozen=True)
class Section:
    """A hunk with its reasons, or lines between hunks (without reasons, to be folded)."""

    number: int
    stretches: tuple[Stretch, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules, each once."""
        return tuple(dict.fromkeys(reason.rule for reason in self.reasons))

    @property
    def first(self) -> Line | None:
        """The first line that is shown."""
        lines = (line for s in self.stretches for line in (*s.same, *s.old, *s.new))
        return next(lines, None)

    @property
    def size(self) -> int:
        """How many lines stayed."""
        return sum(len(stretch.same) for stretch in self.stretches)


def sections_of(found: Difference) -> list[Section]:
    """Cut two scripts into hunks and the lines between them, in order and without a gap."""
    sides = _Sides(found)
    sections, reached, shift = [], 0, 0
    for number, (hunk, changes) in enumerate(found.hunks, 1):
        first = hunk.opcodes[0]
        if reached < first[1]:
            sections.append(Section(0, (sides.same(reached, first[1], shift),)))
        sections.append(Section(number, tuple(sides.stretches(hunk)), _reasons(changes)))
        reached = hunk.opcodes[-1][2]
        shift = hunk.opcodes[-1][4] - reached
    if reached < len(found.old):
        sections.append(Section(0, (sides.same(reached, len(found.old), shift),)))
    return sections


def _reasons(changes: Sequence[Change]) -> tuple[Reason, ...]:
    """Say each reason once, though several edits of a hunk may have it."""
    found = (Reason(c.rule, c.why, c.source, c.behaviour) for c in changes)
    return tuple(dict.fromkeys(found))


class _Sides:
    def __init__(self, found: Difference) -> None:
        self._old = [line.rstrip("\r\n") for line in found.old]
        self._new = [line.rstrip("\r\n") for line in found.new]
        self._old_pieces, self._new_pieces = coloured(self._old), coloured(self._new)

    def same(self, first: int, last: int, shift: int) -> Stretch:
        """Show lines that both scripts have."""
        lines = (Line(i + 1, i + 1 + shift, tuple(self._old_pieces[i])) for i in range(first, last))
        return Stretch(same=tuple(lines))

    def stretches(self, hunk: Hunk) -> Iterator[Stretch]:
        """Show a hunk: what stays around the changes, and both sides of each."""
        for tag, i1, i2, j1, j2 in hunk.opcodes:
            if tag == "equal":
                if i1 < i2:
                    yield self.same(i1, i2, j1 - i1)
            else:
                yield self._changed(i1, i2, j1, j2)

    def _changed(self, i1: int, i2: int, j1: int, j2: int) -> Stretch:
        old_marks: dict[int, list[Span]] = {}
        new_marks: dict[int, list[Span]] = {}
        for i, j in paired(self._old[i1:i2], self._new[j1:j2]).items():
            old_marks[i1 + i], new_marks[j1 + j] = changed_words(
                self._old[i1 + i], self._new[j1 + j]
            )
        return Stretch(
            old=tuple(
                Line(i + 1, None, tuple(with_marks(self._old_pieces[i], old_marks.get(i, ()))))
                for i in range(i1, i2)
            ),
            new=tuple(
                Line(None, j + 1, tuple(with_marks(self._new_pieces[j], new_marks.get(j, ()))))
                for j in range(j1, j2)
            ),
        )
