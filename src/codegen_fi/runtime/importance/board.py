"""What the estimators of a model say at the moment, read by their stand-ins in a hollow model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from .leaves import Leaf


class Board:
    """What the estimators of a model say at the moment.

    Attributes
    ----------
    leaves : list of Leaf
    now : dict of (place, name of the method) to (array or None), or None
        None lets the estimators say it of the rows as they are; so does a missing array.
    asked : set of int
        Places of the estimators that were asked.
    """

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.now: dict[tuple[int, str], Any] | None = None
        self.asked: set[int] = set()

    def add(self, leaf: Leaf) -> Reader:
        """Take a leaf in and give what answers for it."""
        self.leaves.append(leaf)
        return Reader(self, len(self.leaves) - 1)

    def answer(self, place: int, name: str, X: Any) -> Any:
        """Give what a leaf says."""
        self.asked.add(place)
        if self.now is None:
            return self.leaves[place](name, X)
        before = self.leaves[place].baseline[name]
        found = self.now[place, name]
        return before.copy() if found is None else _laid_out(found, before)


class Reader:
    """Ties a leaf's stand-in to its place on the board."""

    def __init__(self, board: Board, place: int) -> None:
        self._board = board
        self._place = place

    def __call__(self, name: str, X: Any, **_options: Any) -> Any:
        """Give what the leaf says at the moment."""
        return self._board.answer(self._place, name, X)


def _laid_out(found: Any, before: Any) -> Any:
    # The order of numbers in memory can be the order in which they are summed up.
    fortran = before.flags.f_contiguous and not before.flags.c_contiguous
    return np.array(found, order="F" if fortran else "C")
