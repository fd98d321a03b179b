"""A ``train.py`` that its user edited after the rewriting: which places no rule made.

The manifest lines the script up with ``train.py`` as it was written. What was written comes back
out of ``script.py`` and ``changes.diff``; a comparison with the file as it is now finds the edits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from codegen_fi.model.changes import Block, Change
from codegen_fi.render.diff import lines_of
from codegen_fi.render.patch import read_patch

BY_HAND: Final = "edited-by-hand"
WHY: Final = "Edited in train.py after it was written: no rule made this."
_SOURCE: Final = "train.py as it is now"


@dataclass(frozen=True)
class Edited:
    """The file as it is now, against the script.

    Attributes
    ----------
    changes
        Those of the rules that are still there, and one of `BY_HAND` for each edited place.
    blocks
        The changed places of the script and of the file as it is now.
    undone
        Changes that the user took back.
    """

    changes: tuple[Change, ...]
    blocks: tuple[Block, ...]
    undone: tuple[Change, ...]


class _Gap(NamedTuple):
    """Lines between two that stayed from the script to now; ends excluded."""

    old: int
    old_end: int
    new: int
    new_end: int


def as_written(script: str, patch: str) -> str:
    """Return ``train.py`` as the tool wrote it, out of the script and its patch."""
    old, new, reached = lines_of(script), list[str](), 0
    for hunk in read_patch(patch).hunks:
        new += old[reached : hunk.first - 1]
        reached = hunk.first - 1
        for line in hunk.lines:
            if line.startswith("+"):
                new.append(line[1:] + "\n")
            elif line.startswith("\\"):
                new[-1] = new[-1].removesuffix("\n")
            else:
                new += old[reached : reached + 1] if line.startswith(" ") else []
                reached += 1
    return "".join([*new, *old[reached:]])


def edited(
    before: str, written: str, now: str, changes: Sequence[Change], blocks: Sequence[Block]
) -> Edited:
    """Line the script up with ``train.py`` as it is now.

    Parameters
    ----------
    before, written, now
        The script, ``train.py`` as it was written, and as it is.
    changes, blocks
        What the rewriting did between the first two.
    """
    old, new = lines_of(before), lines_of(now)
    matcher = SequenceMatcher(None, lines_of(written), new, autojunk=False)
    opcodes = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    kept = _kept(matcher, _unchanged(len(old), blocks))
    found, mine = list[Block](), list[Change]()
    for gap in _gaps(kept, len(old), len(new)):
        if old[gap.old : gap.old_end] == new[gap.new : gap.new_end]:
            continue
        found.append(Block(gap.old + 1, gap.old_end, gap.new + 1, gap.new_end, ()))
        # An end that only touches the gap is an edit in it: the lines around it stayed.
        if any(gap.new <= j1 and j2 <= gap.new_end for _, _, _, j1, j2 in opcodes):
            mine.append(Change(BY_HAND, WHY, None, gap.old + 1, gap.old_end, _SOURCE))
    alive = _alive(blocks, matcher)
    there = [c for c in changes if all(any(_holds(b, c) for b in bs) for bs in (alive, found))]
    undone = tuple(c for c in changes if c not in there)
    return Edited((*there, *mine), tuple(found), undone)


def _alive(blocks: Sequence[Block], matcher: SequenceMatcher[str]) -> list[Block]:
    """Return the blocks of which something is left."""
    left = {w + step for w, _, size in matcher.get_matching_blocks() for step in range(size)}
    return [block for block in blocks if not left.isdisjoint(_shown_by(block))]


def _shown_by(block: Block) -> Iterable[int]:
    """Return the written lines that show a block: its own, or those beside what it took out."""
    first, last = block.new_first_line - 1, block.new_last_line
    return range(first, last) if first < last else (first - 1, last)


def _unchanged(length: int, blocks: Sequence[Block]) -> dict[int, int]:
    """Return the place in the script of each written line that no rule changed."""
    places, old, new = dict[int, int](), 0, 0
    for block in blocks:
        count = block.first_line - 1 - old
        places.update(zip(range(new, new + count), range(old, old + count), strict=True))
        old, new = block.last_line, block.new_last_line
    places.update((new + i, old + i) for i in range(length - old))
    return places


def _kept(matcher: SequenceMatcher[str], places: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the places, in the script and now, of the lines that neither changed."""
    for w, n, size in matcher.get_matching_blocks():
        for step in range(size):
            if w + step in places:
                yield places[w + step], n + step


def _gaps(kept: Iterator[tuple[int, int]], old_length: int, new_length: int) -> Iterator[_Gap]:
    old = new = 0
    for o, n in (*kept, (old_length, new_length)):
        if old < o or new < n:
            yield _Gap(old, o, new, n)
        old, new = o + 1, n + 1


def _holds(block: Block, change: Change) -> bool:
    """Tell whether the lines of a change are in a block; an insertion may stand at its edge."""
    return block.first_line <= change.first_line and change.last_line <= block.last_line
