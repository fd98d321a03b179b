"""Ways to score a model again with the rows of some columns in another order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray


class Rescorer(Protocol):
    """Scores of a model after some columns were shuffled.

    Every implementation owes the numbers of `WholeModel`, to the last bit.
    """

    def room(self, repeats: int) -> int:
        """Tell how many targets are best scored together."""
        ...  # pragma: no cover

    def scores(
        self, targets: Sequence[tuple[int, ...]], orders: Sequence[NDArray[np.intp]]
    ) -> list[list[float]]:
        """Score each target once per order, the rows of its columns all taken in that order."""
        ...  # pragma: no cover


class WholeModel:
    """Shuffles columns of the data and runs everything again, featurization included.

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

    def room(self, repeats: int) -> int:
        """Take one column at a time."""
        del repeats
        return 1

    def scores(
        self, targets: Sequence[tuple[int, ...]], orders: Sequence[NDArray[np.intp]]
    ) -> list[list[float]]:
        """Score each target once per order of its columns' rows."""
        return [
            [
                self._scorer(self._model, reordered(self._X, target, order), self._y)
                for order in orders
            ]
            for target in targets
        ]


def reordered(X: Any, columns: Sequence[int], order: NDArray[np.intp]) -> Any:
    """Copy a table with the rows of some columns in another order."""
    shuffled = X.copy()
    for column in columns:
        if not hasattr(X, "iloc"):
            shuffled[:, column] = X[order, column]
            continue
        values = X.iloc[order, column]
        values.index = shuffled.index
        shuffled[shuffled.columns[column]] = values
    return shuffled
