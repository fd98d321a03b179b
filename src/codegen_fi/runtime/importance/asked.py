"""The rows of a block's shuffles that a hollow model has to be asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .answers import Few, put, whole
from .coding import differing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from .answers import Whole

    Key = tuple[int, str]
    Said = dict[str, Any]


class Asked:
    """One block of columns.

    Parameters
    ----------
    answers : dict of (place, name) to (Few, Whole or None)
        What each estimator says of the shuffles; None where it doesn't read the block.
    before : dict of (place, name) to ndarray of shape (rows, ...)
        What it says of the rows as they are.
    orders : int

    Attributes
    ----------
    rows : ndarray of int of shape (wanted,)
        Which rows they were before the shuffles.
    orders : list of int
        Those that change rows.
    """

    def __init__(
        self,
        answers: Mapping[Key, Few | Whole | None],
        before: Mapping[Key, Any],
        orders: int,
    ) -> None:
        self._answers = answers
        self._before = before
        self._said: list[Said | None] = []
        new = [each for each in answers.values() if each is not None]
        todos = {id(each.todo): each.todo for each in new if isinstance(each, Few)}
        if len(todos) == 1 and all(isinstance(each, Few) for each in new):
            # All estimators were asked about the same rows.
            (todo,) = todos.values()
            self.rows = todo.rows
            self._found = {key: getattr(each, "found", None) for key, each in answers.items()}
            self._at = [todo.of(order) for order in range(orders)]
        else:
            self._take_apart(orders)
        self.orders = [order for order, (rows, _) in enumerate(self._at) if len(rows)]

    def _take_apart(self, orders: int) -> None:
        wholes = [self.whole(order) for order in range(orders)]
        changed = [self._changed(each) for each in wholes]
        self.rows = np.concatenate(changed)
        starts = np.cumsum([0, *map(len, changed)]).tolist()
        self._at = [
            (rows, np.arange(start, start + len(rows)))
            for rows, start in zip(changed, starts)  # noqa: B905
        ]
        self._found = {
            key: None if each is None else _joined(key, wholes, changed)
            for key, each in self._answers.items()
        }

    def _changed(self, answers: Mapping[Key, Any]) -> NDArray[np.intp]:
        changed = np.zeros(len(next(iter(self._before.values()))), dtype=bool)
        for key, found in answers.items():
            if found is not None:
                changed |= changed_rows(found, self._before[key])
        return np.flatnonzero(changed)

    def whole(self, order: int) -> dict[Key, Any]:
        """Give what the estimators say of all rows of one shuffle."""
        return whole(self._answers, order)

    def part(self, key: Key, start: int, stop: int) -> Any:
        """Give what an estimator says of some of the wanted rows."""
        found = self._found[key]
        return self._before[key][self.rows[start:stop]] if found is None else found[start:stop]

    def answered(self, said: Said | None) -> None:
        """Take the model's answers for the next of the wanted rows; None for no answer."""
        self._said.append(said)

    def most_changed(self) -> int:
        """Tell which order changes most rows."""
        return max(self.orders, key=lambda order: len(self._at[order][0]))

    def shuffles(self, before: Said) -> Callable[[int], Said] | None:
        """Put the model's answers in their places.

        Parameters
        ----------
        before : dict of str to ndarray of shape (rows, ...)
            What it says of the rows as they are.

        Returns
        -------
        callable(order) -> dict of str to ndarray, or None
            None when an answer is missing.
        """
        parts = [said for said in self._said if said is not None]
        if len(parts) < len(self._said) or not parts:
            return None
        found = {name: np.concatenate([said[name] for said in parts]) for name in before}
        return lambda order: {
            name: put(each, *self._at[order], found[name]) for name, each in before.items()
        }


def _joined(key: Key, wholes: Sequence[Mapping[Key, Any]], rows: Sequence[Any]) -> Any:
    return np.concatenate([whole[key][chosen] for whole, chosen in zip(wholes, rows)])  # noqa: B905


def changed_rows(found: Any, before: Any) -> Any:
    """Mark the rows of an answer that are not, bit by bit, what they were."""
    if found.dtype != before.dtype or found.shape != before.shape:
        return np.ones(len(before), dtype=bool)
    if found.dtype.kind == "f":
        kind = f"u{found.dtype.itemsize}"
        found, before = (np.ascontiguousarray(each).view(kind) for each in (found, before))
    changed = differing(found, before)
    if len(changed.shape) == 1:
        return changed
    rows = np.zeros(len(changed), dtype=bool)
    for column in changed.reshape(len(changed), -1).T:
        rows |= column
    return rows
