"""Read a patch of this tool back: its hunks, and what each says of its rules."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

_HUNK: Final = re.compile(r"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$")
_REASON: Final = re.compile(r"\[([a-z-]+)\] (.*?)(?= \[[a-z-]+\] |$)")


@dataclass(frozen=True)
class PatchHunk:
    """One hunk.

    Attributes
    ----------
    head
        Its line that begins with ``@@``.
    first, new_first
        Its first line in the original and in the rewritten script, counted from 1.
    reasons
        Rules with their reasons.
    lines
        Its other lines, each with the sign in front.
    """

    head: str
    first: int
    new_first: int
    reasons: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]

    @property
    def rules(self) -> frozenset[str]:
        """Ids of its rules."""
        return frozenset(rule for rule, _ in self.reasons)

    def count(self, sign: str) -> int:
        """Return how many lines it takes out (``-``) or puts in (``+``)."""
        return sum(line.startswith(sign) for line in self.lines)


@dataclass(frozen=True)
class Patch:
    """The lines before the first hunk, and the hunks."""

    head: tuple[str, ...]
    hunks: tuple[PatchHunk, ...]

    def rules(self) -> tuple[str, ...]:
        """Return the ids of all rules, in the order they are first met."""
        return tuple(dict.fromkeys(rule for hunk in self.hunks for rule, _ in hunk.reasons))

    def by(self, rules: Collection[str]) -> Patch:
        """Return the hunks that any of these rules had a part in; all without rules."""
        kept = (hunk for hunk in self.hunks if not rules or hunk.rules & set(rules))
        return Patch(self.head, tuple(kept))

    def text(self) -> str:
        """Return the patch as text."""
        lines = [*self.head, *(line for hunk in self.hunks for line in (hunk.head, *hunk.lines))]
        return "".join(f"{line}\n" for line in lines) if self.hunks else ""


def read_patch(text: str) -> Patch:
    """Read a patch that this tool wrote."""
    head: list[str] = []
    hunks: list[tuple[str, re.Match[str], list[str]]] = []
    # Only \n ends a line here; a script may hold form feeds and the like.
    for line in text.split("\n")[:-1]:
        found = _HUNK.match(line)
        if found is not None:
            hunks.append((line, found, []))
        elif hunks:
            hunks[-1][2].append(line)
        else:
            head.append(line)
    return Patch(tuple(head), tuple(_hunk(*hunk) for hunk in hunks))


def _hunk(line: str, found: re.Match[str], lines: list[str]) -> PatchHunk:
    reasons = tuple((rule, why) for rule, why in _REASON.findall(found[5]))
    # An empty range is numbered by the line before it.
    first, new_first = int(found[1]) + (found[2] == "0"), int(found[3]) + (found[4] == "0")
    return PatchHunk(line, first, new_first, reasons, tuple(lines))
