"""How often columns are shuffled: as often as asked, or until their order is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .rows import Measure

AUTO = "auto"

STEP = 5
"""Repeats that `auto` adds at a time."""

MOST = 30
"""Most repeats of `auto`."""

TOP = 20
"""Columns whose order `auto` wants decided: as many as a plot shows by default."""


class Repeats:
    """Counts repeats.

    Parameters
    ----------
    asked : int or "auto"
        `auto` goes on until, among the first `TOP` columns, the 95 % intervals of neighbours
        don't overlap, or both reach zero, so that neither column is known to matter; at most
        `MOST` times. Its first repeats are those of any number.
    """

    def __init__(self, asked: int | str) -> None:
        self._auto = asked == AUTO
        self.asked = STEP if self._auto else int(asked)
        self._undecided: list[tuple[str, str]] = []
        self.made = 0

    def rounds(self) -> Iterator[tuple[int, int]]:
        """Give the bounds of the repeats to make next until there are enough."""
        start, stop = 0, self.asked
        while start < stop:
            self.made = stop
            yield start, stop
            start = stop
            if self._auto and self._undecided and stop < MOST:
                stop = min(MOST, stop + STEP)

    def learn(self, measure: Measure, names: Sequence[str]) -> None:
        """Take in what the repeats made so far say."""
        self._undecided = undecided(measure, names)

    def fix(self) -> None:
        """Make what follows with as many repeats as were made so far, or at first."""
        self._auto = False
        self.asked = self.made or self.asked

    def told(self) -> list[tuple[str, str]]:
        """Say why `auto` stopped where it did."""
        if not self._auto:
            return []
        if not self._undecided:
            return [
                ("repeats", f"the order of the first {TOP} columns is decided after {self.made}")
            ]
        ties = ", ".join(f"{a} and {b}" for a, b in self._undecided)
        return [("further repeats", f"{self.made} are the most of auto; still tied are {ties}")]


def undecided(measure: Measure, names: Sequence[str]) -> list[tuple[str, str]]:
    """List neighbours in the ranking whose order other shuffles could turn around."""
    order: list[int] = np.argsort(-measure.importance, kind="stable")[: TOP + 1].tolist()
    return [
        (names[one], names[two])
        for one, two in zip(order, order[1:])  # noqa: B905, RUF007
        if not _decided(measure, one, two)
    ]


def _decided(measure: Measure, one: int, two: int) -> bool:
    if measure.ci_low[one] > measure.ci_high[two]:
        return True
    if measure.ci_low[one] <= 0 and measure.ci_low[two] <= 0:
        return True
    # Columns that never vary are tied for good.
    return bool(measure.std[one] == 0 and measure.std[two] == 0)
