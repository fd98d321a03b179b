"""What an estimator says of the shuffles of a block of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from .changed import Changed


class Few:
    """Answers for the rows that shuffles change, each different row counted once.

    Parameters
    ----------
    todo : Changed
    found : ndarray of shape (wanted, ...)
        What the estimator says of the wanted rows.
    before : ndarray of shape (rows, ...)
        What it says of the rows as they are.
    """

    def __init__(self, todo: Changed, found: Any, before: Any) -> None:
        self.todo = todo
        self.found = found
        self._before = before

    def of(self, order: int) -> Any:
        """Give the answers for all rows of one shuffle."""
        return put(self._before, *self.todo.of(order), self.found)


class Whole:
    """Answers for all rows of every shuffle.

    Parameters
    ----------
    found : sequence of ndarray of shape (rows, ...)
    """

    def __init__(self, found: Sequence[Any]) -> None:
        self._found = found

    def of(self, order: int) -> Any:
        """Give the answers for all rows of one shuffle."""
        return np.asarray(self._found[order])


def whole(
    answers: Mapping[tuple[int, str], Few | Whole | None], order: int
) -> dict[tuple[int, str], Any]:
    """Give what estimators say of all rows of one shuffle; None for one that says nothing new."""
    return {key: None if each is None else each.of(order) for key, each in answers.items()}


def put(before: Any, rows: NDArray[np.intp], which: NDArray[np.intp], found: Any) -> Any:
    """Put the answers for wanted rows in their places among those for the rows as they are."""
    whole = before.copy()
    whole[rows] = found[which]
    return whole
