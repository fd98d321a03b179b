"""Try the quick way of scoring on a shuffle of some rows before it is relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .matrices import Mixed, same, stacked
from .responses import Answering, Given

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .engine import Engine

MOST_ROWS, FEWEST_ROWS = 256, 64
"""Rows that change places: an eighth of all of them, within these bounds."""

_PRECISION = 1e-7

_STRETCHES = 16


class Trial:
    """The model by its own code, against which an engine is held.

    Parameters
    ----------
    tail : fitted estimator
        The model without its featurizer.
    matrix : ndarray or csr matrix of shape (rows, columns)
    frame : callable(matrix) -> table, or None
    y : array of shape (rows,)
    scorer : callable(model, X, y) -> float
    said : dict of str to array
        What the model says of the rows as they are.
    """

    def __init__(
        self,
        tail: Any,
        matrix: Any,
        frame: Any,
        y: Any,
        scorer: Callable[..., float],
        said: dict[str, Any],
    ) -> None:
        self._tail = tail
        self._matrix = matrix
        self._frame = frame
        self._y = y
        self._scorer = scorer
        self._said = {name: np.asarray(each) for name, each in said.items()}
        random = np.random.RandomState(0)
        every = np.arange(matrix.shape[0])
        rows = min(MOST_ROWS, max(FEWEST_ROWS, len(every) // 8))
        moved = random.permutation(every)[:rows]
        self._order = every.copy()
        # In a circle, so that every row gets another one's values.
        self._order[moved] = np.roll(moved, 1)
        self._moved = np.sort(moved)
        # Columns move in stretches: a row is put together from few pieces.
        bounds = random.randint(0, matrix.shape[1] + 1, _STRETCHES - 1)
        half = np.searchsorted(np.sort(bounds), np.arange(matrix.shape[1]), side="right") % 2
        halves = [np.flatnonzero(half == i).tolist() for i in range(2)]
        self._blocks = [tuple(half) for half in halves if half]

    def of(self, engine: Engine) -> None:
        """Hold an engine against the model: half of the columns move, then the other half.

        Raises
        ------
        ValueError
            When it predicts or scores anything else.
        """
        found = dict(engine.predictions(self._blocks, [self._order]))
        said = [found.get((place, 0), self._said) for place in range(len(self._blocks))]
        for each, block, few in zip(said, self._blocks, self._few()):  # noqa: B905
            if not self._alike(each, block, few, engine.apart):
                raise ValueError("the parts of the model predict what the model doesn't")
        # Of other rows, which a scorer may not look at.
        other = self._dressed(self._matrix[self._order])
        expected = self._scorer(Answering(self._tail, Given(said[0])), other, self._y)
        score = engine.score_of(said[0])
        if score != expected:
            raise ValueError(f"the parts of the model score {score}, the model {expected}")

    def _few(self) -> list[dict[str, Any]]:
        """Predict the rows that move, for every block; in one call, most of which is overhead."""
        moved, count = self._moved, len(self._moved)
        # Rows change places among themselves, so that the others aren't needed.
        places = np.searchsorted(moved, self._order[moved])
        parts = [
            Mixed(self._matrix[moved], block).rows(np.arange(count), places)
            for block in self._blocks
        ]
        said = self._predicted(stacked(parts))
        return [
            {name: each[i * count : (i + 1) * count] for name, each in said.items()}
            for i in range(len(parts))
        ]

    def _alike(
        self, said: dict[str, Any], block: Sequence[int], few: dict[str, Any], apart: bool
    ) -> bool:
        """Compare few rows, or all of them where the number of rows makes a difference."""
        moved = self._moved
        still = np.setdiff1d(self._order, moved)
        if not all(_near(said[name][still], each[still]) for name, each in self._said.items()):
            return False
        if all(same(said[name][moved], each, bits=True) for name, each in few.items()):
            return True
        if not apart and all(_near(said[name][moved], each) for name, each in few.items()):
            return True
        rows = np.arange(len(self._order))
        every = self._predicted(Mixed(self._matrix, block).rows(rows, self._order))
        return all(same(said[name], each, bits=True) for name, each in every.items())

    def _predicted(self, matrix: Any) -> dict[str, Any]:
        rows = self._dressed(matrix)
        return {name: np.asarray(getattr(self._tail, name)(rows)) for name in self._said}

    def _dressed(self, matrix: Any) -> Any:
        # A table with a column put in lies in memory column by column.
        return matrix if self._frame is None else self._frame(np.asfortranarray(matrix))


def _near(said: Any, expected: Any) -> bool:
    if said.dtype.kind != "f" or expected.dtype.kind != "f":
        return same(said, expected)
    return said.shape == expected.shape and bool(
        np.allclose(said, expected, rtol=_PRECISION, atol=0, equal_nan=True)
    )
