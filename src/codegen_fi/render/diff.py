"""The unified diff of a rewriting, in which every hunk says which rules made it and why.

It is built from the places the rewriting proved, not by comparing the texts: a comparison may
slide a change onto an equal line beside it, and then show a line as changed that no edit names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from codegen_fi.model.changes import Block, Change

# A git copy header: both `git apply` and `patch -p1` then make train.py out of script.py.
_HEADER = """diff --git a/script.py b/train.py
copy from script.py
copy to train.py
--- a/script.py
+++ b/train.py
"""
_CONTEXT = 3
_BYTE_ORDER_MARK = "\ufeff"

_Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Hunk:
    """Neighbouring changed lines with their context."""

    opcodes: tuple[_Opcode, ...]

    @property
    def first(self) -> int:
        """The first original line the changes touch, counted from 1."""
        return self._edits[0][1] + 1

    @property
    def last(self) -> int:
        """The last such line; for a pure insertion the one before the first."""
        return self._edits[-1][2]

    @property
    def _edits(self) -> list[_Opcode]:
        return [op for op in self.opcodes if op[0] != "equal"]


@dataclass(frozen=True)
class Difference:
    r"""Two texts as lines, and the hunks between them.

    Attributes
    ----------
    old, new
        The lines with their endings; only ``\n`` ends one.
    hunks
        In order; each with the changes that made it.
    """

    old: Sequence[str]
    new: Sequence[str]
    hunks: tuple[tuple[Hunk, tuple[Change, ...]], ...]


def difference(
    before: str, after: str, changes: Sequence[Change], blocks: Sequence[Block]
) -> Difference:
    """Lay two texts beside each other.

    Parameters
    ----------
    before, after
        The texts; their line endings are kept as they are.
    changes
        What the rewriting did, placed in `before`.
    blocks
        The changed places of both texts, in order; outside them every line is the same.
    """
    old, new = lines_of(before), lines_of(after)
    hunks = [
        Hunk(group) for group in _grouped(list(_opcodes(old, new, _with_mark(before, blocks))))
    ]
    made_by = _assigned(hunks, changes) if hunks else []
    return Difference(
        old, new, tuple((hunk, tuple(of)) for hunk, of in zip(hunks, made_by, strict=True))
    )


def unified_diff(
    before: str, after: str, changes: Sequence[Change], blocks: Sequence[Block]
) -> str:
    """Return the diff from `before` to `after`, empty when they are equal.

    The parameters are those of `difference`.
    """
    found = difference(before, after, changes, blocks)
    parts = [_HEADER] if found.hunks else []
    for hunk, made_by in found.hunks:
        parts.append(f"@@ {_ranges(hunk)} @@ {_tail(made_by)}".rstrip() + "\n")
        parts.extend(_body(hunk, found.old, found.new))
    return "".join(parts)


def lines_of(text: str) -> list[str]:
    r"""Return the lines with their endings; only ``\n`` ends one, as for ``patch``."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _with_mark(before: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """Count the first line as changed when lines are put before it and it holds the mark."""
    first = blocks[0] if blocks else None
    if first is None or not before.startswith(_BYTE_ORDER_MARK) or first.last_line > 0:
        return blocks
    moved = replace(first, last_line=1, new_last_line=first.new_last_line + 1)
    return (moved, *blocks[1:])


def _opcodes(old: Sequence[str], new: Sequence[str], blocks: Sequence[Block]) -> Iterator[_Opcode]:
    """Yield equal and changed stretches in turn, in the form `difflib` gives them."""
    i = j = 0
    for block in blocks:
        i1, i2, j1, j2 = _trimmed(old, new, block)
        if i1 == i2 and j1 == j2:
            continue
        yield "equal", i, i1, j, j1
        yield "replace", i1, i2, j1, j2
        i, j = i2, j2
    if i or j:
        yield "equal", i, len(old), j, len(new)


def _trimmed(old: Sequence[str], new: Sequence[str], block: Block) -> tuple[int, int, int, int]:
    """Leave out lines at either end of a block that are the same in both texts."""
    i1, i2 = block.first_line - 1, block.last_line
    j1, j2 = block.new_first_line - 1, block.new_last_line
    while i1 < i2 and j1 < j2 and old[i1] == new[j1]:
        i1, j1 = i1 + 1, j1 + 1
    while i1 < i2 and j1 < j2 and old[i2 - 1] == new[j2 - 1]:
        i2, j2 = i2 - 1, j2 - 1
    return i1, i2, j1, j2


def _grouped(opcodes: Sequence[_Opcode]) -> Iterator[tuple[_Opcode, ...]]:
    """Yield the changes with their context, those that share context together."""
    group: list[_Opcode] = []
    for tag, i1, i2, j1, j2 in opcodes:
        if tag != "equal":
            group.append((tag, i1, i2, j1, j2))
            continue
        length = i2 - i1
        if group and length <= 2 * _CONTEXT and i2 < opcodes[-1][2]:
            group.append((tag, i1, i2, j1, j2))
            continue
        if group:
            kept = min(_CONTEXT, length)
            yield (*group, (tag, i1, i1 + kept, j1, j1 + kept))
        kept = min(_CONTEXT, length)
        group = [(tag, i2 - kept, i2, j2 - kept, j2)]


def _assigned(hunks: Sequence[Hunk], changes: Sequence[Change]) -> list[list[Change]]:
    """Give each change to every hunk it overlaps, else to the nearest one."""
    made_by: list[list[Change]] = [[] for _ in hunks]
    for change in changes:
        distances = [_distance(hunk, change) for hunk in hunks]
        nearest = min(distances)
        for place, distance in enumerate(distances):
            if distance == 0 or distance == nearest > 0:
                made_by[place].append(change)
    return made_by


def _distance(hunk: Hunk, change: Change) -> int:
    """Count the lines between a hunk's changed lines and a change; 0 when they touch."""
    first, last = change.first_line, max(change.last_line, change.first_line)
    return max(0, hunk.first - last, first - max(hunk.last, hunk.first))


def _ranges(hunk: Hunk) -> str:
    first, last = hunk.opcodes[0], hunk.opcodes[-1]
    return f"-{_range(first[1], last[2])} +{_range(first[3], last[4])}"


def _range(start: int, stop: int) -> str:
    length = stop - start
    begin = start + 1 if length else start
    return f"{begin}" if length == 1 else f"{begin},{length}"


def _tail(made_by: Sequence[Change]) -> str:
    """Return each rule with its reasons: ``[rule] Reason. Reason. [rule] Reason.``."""
    reasons: dict[str, dict[str, None]] = {}
    for change in made_by:
        reasons.setdefault(change.rule, {})[" ".join(change.why.split())] = None
    return " ".join(f"[{rule}] {' '.join(whys)}" for rule, whys in reasons.items())


def _body(hunk: Hunk, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    for tag, i1, i2, j1, j2 in hunk.opcodes:
        if tag == "equal":
            yield from (_line(" ", line) for line in old[i1:i2])
            continue
        yield from (_line("-", line) for line in old[i1:i2])
        yield from (_line("+", line) for line in new[j1:j2])


def _line(mark: str, line: str) -> str:
    if line.endswith("\n"):
        return mark + line
    return f"{mark}{line}\n\\ No newline at end of file\n"
