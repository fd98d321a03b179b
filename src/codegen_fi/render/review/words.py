"""Which old line became which new one, and which words of it changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_WORDS: Final = re.compile(r"\w+|\s+|.", re.DOTALL)
# Below this likeness two lines have nothing to do with each other.
_ALIKE: Final = 0.5
# Pairing compares every old line with every new one.
_MOST_PAIRS: Final = 2500


class Span(NamedTuple):
    """Characters of one line, the end excluded."""

    start: int
    stop: int


def changed_words(old: str, new: str) -> tuple[list[Span], list[Span]]:
    """Return what of each line the other one doesn't have."""
    ours, theirs = _WORDS.findall(old), _WORDS.findall(new)
    spans: tuple[list[Span], list[Span]] = ([], [])
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            for side, words, first, last in ((0, ours, i1, i2), (1, theirs, j1, j2)):
                start = len("".join(words[:first]))
                if first < last:
                    spans[side].append(Span(start, start + len("".join(words[first:last]))))
    return spans


def paired(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return which old line is most like which new one, both in their order.

    Returns
    -------
    dict
        Positions in `old` to positions in `new`; lines without a counterpart are left out, and
        all of them where there are too many to compare.
    """
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return {}
    ours, theirs = [_counted(line) for line in old], [_counted(line) for line in new]
    likeness = [[_likeness(a, b) for b in theirs] for a in ours]
    # Longest common subsequence, weighted by likeness.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs, i, j = {}, 0, 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _counted(line: str) -> Counter[str]:
    return Counter(word for word in _WORDS.findall(line) if not word.isspace())


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """Return the share of words that both lines have; 0 where that is too few."""
    words = old.total() + new.total()
    share = 2 * (old & new).total() / words if words else 0.0
    return share if share >= _ALIKE else 0.0
