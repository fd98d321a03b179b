"""Ways to score a model again with one column's rows in another order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray


class Rescorer(Protocol):
    """Scores of a model after one column was shuffled.

    Every implementation owes the numbers of `WholeModel`, to the last bit.
    """

    def scores(self, column: int, orders: Sequence[NDArray[np.intp]]) -> list[float]:
        """Score once per order, the rows of the column at this position taken in that order."""
        ...  # pragma: no cover


class WholeModel:
    """Shuffles a column of the data and runs everything again, featurization included.

    Parameters
    ----------
    model : fitted estimator
    X : DataFrame or array of shape (rows, columns)
        Left unchanged.
    y : array of shape (rows,)
    scorer : callable(model, X, y) -> float
    """

    def __init__(self, model: Any, X: Any, y: Any, scorer: Callable[..., float]) -> None:
        self._model = model
        self._X = X
        self._y = y
        self._scorer = scorer

    def baseline(self) -> float:
        """Score the unshuffled rows."""
        return self._scorer(self._model, self._X, self._y)

    def scores(self, column: int, orders: Sequence[NDArray[np.intp]]) -> list[float]:
        """Score once per order of the column's rows."""
        shuffled = self._X.copy()
        found = []
        for order in orders:
            _reorder(shuffled, self._X, column, order)
            found.append(self._scorer(self._model, shuffled, self._y))
        return found


def _reorder(target: Any, source: Any, column: int, order: NDArray[np.intp]) -> None:
    """Write a column of the source into the target, its rows in another order."""
    if not hasattr(source, "iloc"):
        target[:, column] = source[order, column]
        return
    values = source.iloc[order, column]
    values.index = target.index
    target[target.columns[column]] = values
