"""The two scripts beside each other: hunks with their rules, and what is folded between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from codegen_fi.model.changes import Change
from codegen_fi.render.diff import Difference, Hunk
from codegen_fi.render.review.colours import Stretch as Colour
from codegen_fi.render.review.colours import coloured
from codegen_fi.render.review.markup import code
from codegen_fi.render.review.words import Span, changed_words, paired


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a side.

    Attributes
    ----------
    old, new
        Its numbers, counted from 1; None where the other script has no such line.
    code
        Its text as HTML.
    target
        Whether something on the page links to it.
    """

    old: int | None
    new: int | None
    code: str
    target: bool = False


@dataclass(frozen=True)
class Stretch:
    """Neighbouring lines that stayed (`same`), or went and came (`old`, `new`)."""

    same: tuple[Line, ...] = ()
    old: tuple[Line, ...] = ()
    new: tuple[Line, ...] = ()

    @property
    def html(self) -> str:
        """Both sides as HTML; the second copy of a line that stayed isn't read out."""
        if self.same:
            left = "".join(
                f'<div class="l"{_id(line)}><b data-n="{line.old}"></b><b data-n="{line.new}"></b>'
                f"<code>{line.code}</code></div>\n"
                for line in self.same
            )
            right = _numbered((line.new, "", line.code) for line in self.same)
            return (
                f'<div class="pair"><div class="left">\n{left}</div>'
                f'<div class="right" aria-hidden="true">\n{right}</div></div>\n'
            )
        old = _numbered((line.old, _id(line), line.code) for line in self.old)
        new = _numbered((line.new, "", line.code) for line in self.new)
        return (
            f'<div class="pair"><del{_gap(self.old)}>\n{old}</del>'
            f"<ins{_gap(self.new)}>\n{new}</ins></div>\n"
        )


def _numbered(lines: Iterator[tuple[int | None, str, str]]) -> str:
    return "".join(
        f'<div class="l"{identity}><b data-n="{number}"></b><code>{text}</code></div>\n'
        for number, identity, text in lines
    )


def _id(line: Line) -> str:
    return f' id="line-{line.old}"' if line.target else ""


def _gap(lines: Sequence[Line]) -> str:
    return "" if lines else ' class="gap"'


@dataclass(frozen=True)
class Reason:
    """What a rule did in a hunk; `where` are the original lines it did it to, in words."""

    rule: str
    why: str
    source: str | None
    behaviour: str | None
    where: str


@dataclass(frozen=True)
class Section:
    """A hunk with its reasons, or lines between hunks (without reasons, to be folded)."""

    number: int
    stretches: tuple[Stretch, ...]
    reasons: tuple[Reason, ...] = ()

    @cached_property
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


def sections_of(found: Difference, targets: Collection[int] = ()) -> list[Section]:
    """Cut two scripts into hunks and the lines between them, in order and without a gap.

    Parameters
    ----------
    targets
        Numbers of original lines that are linked to.
    """
    sides = _Sides(found, frozenset(targets))
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
    """Say each reason once with all of its lines, though several edits of a hunk may have it."""
    found: dict[tuple[str, str, str | None, str | None], list[Change]] = {}
    for c in changes:
        found.setdefault((c.rule, c.why, c.source, c.behaviour), []).append(c)
    return tuple(Reason(*reason, where=_where(own)) for reason, own in found.items())


def _where(changes: Sequence[Change]) -> str:
    """Name the lines of some changes; those that touch are one stretch."""
    touched = sorted({n for c in changes for n in range(c.first_line, c.last_line + 1)})
    inserted = sorted({c.first_line for c in changes if c.last_line < c.first_line})
    ranges: list[list[int]] = []
    for number in touched:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    lines = ", ".join(f"{a}" if a == b else f"{a}\N{EN DASH}{b}" for a, b in ranges)
    words = [f"line{'s' * (len(touched) > 1)} {lines}"] if lines else []
    if inserted:
        words.append(f"before line {', '.join(map(str, inserted))}")
    return " and ".join(words)


class _Sides:
    def __init__(self, found: Difference, targets: frozenset[int]) -> None:
        self._old = [line.rstrip("\r\n") for line in found.old]
        self._new = [line.rstrip("\r\n") for line in found.new]
        self._old_colours, self._new_colours = coloured(self._old), coloured(self._new)
        self._targets = targets

    def same(self, first: int, last: int, shift: int) -> Stretch:
        """Show lines that both scripts have."""
        old, colours, targets = self._old, self._old_colours, self._targets
        return Stretch(
            same=tuple(
                Line(i + 1, i + 1 + shift, code(old[i], colours.get(i, ())), i + 1 in targets)
                for i in range(first, last)
            )
        )

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
                Line(
                    i + 1,
                    None,
                    _code(self._old, self._old_colours, old_marks, i),
                    i + 1 in self._targets,
                )
                for i in range(i1, i2)
            ),
            new=tuple(
                Line(None, j + 1, _code(self._new, self._new_colours, new_marks, j))
                for j in range(j1, j2)
            ),
        )


def _code(
    lines: Sequence[str],
    colours: dict[int, list[Colour]],
    marks: dict[int, list[Span]],
    place: int,
) -> str:
    return code(lines[place], colours.get(place, ()), marks.get(place, ()))
