"""Estimators that predict shuffled rows without putting them together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from scipy.sparse import issparse

from .linear_sums import LinearSums, answered
from .matrices import same
from .trees.cuts import cuts_of
from .trees.read import forest_in
from .trees.sums import Sums
from .used import is_linear

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .bounds import Bounds
    from .changed import Changed, Values
    from .trees.forest import Forest

    Asked = Sequence[tuple[NDArray[np.intp], Values, Changed]]

_FEW = 4


class Quick(Protocol):
    """Predicts shuffled rows without putting them together."""

    def predict(self, name: str, asked: Asked) -> tuple[list[Any], Any, Any]:
        """Predict the changed rows of each block, and rows as they are.

        Returns
        -------
        list of arrays, array, index of the rows of the latter
        """
        ...  # pragma: no cover


class Trees:
    """Predicts as an estimator of trees does, for rows with some columns of other rows.

    Parameters
    ----------
    forest : Forest
    column : callable(position) -> ndarray of shape (rows,) or Stored
        The columns that enter the estimator.
    rows : int
    """

    def __init__(self, forest: Forest, column: Callable[[int], Any], rows: int) -> None:
        self._sums = Sums(forest, cuts_of(forest), column, rows)
        self._answer = forest.answer
        self._rows = rows

    def predict(self, name: str, asked: Asked) -> tuple[list[Any], Any, Any]:
        """Predict the changed rows of each block, and these rows as they are."""
        rows = self._moved([todo.rows for _, _, todo in asked])
        sums, unchanged = self._sums.changed(asked, rows)
        *answers, last = answered(self._answer, name, [*sums, unchanged])
        return answers, last, slice(None) if rows is None else rows

    def reads(self, width: int) -> NDArray[np.bool_]:
        """Tell for each column whether there are tests on it."""
        found = np.zeros(width, dtype=bool)
        found[self._sums.features] = True
        return found

    def _moved(self, changed: Sequence[NDArray[np.intp]]) -> NDArray[np.intp] | None:
        """List the rows that change at all; None when they aren't few."""
        if sum(map(len, changed)) * _FEW >= self._rows:
            return None
        return np.unique(np.concatenate([*changed, np.arange(1)]))


def quick_of(
    estimator: Any, matrix: Any, column: Callable[[int], Any], bounds: Bounds | None = None
) -> Quick | None:
    """Take an estimator apart; None where that isn't known to be exact.

    Parameters
    ----------
    estimator : fitted estimator
    matrix : ndarray or csr matrix of shape (rows, columns)
    column : callable(position) -> ndarray of shape (rows,) or Stored
        A column of it.
    bounds : Bounds, optional
        Of a csr matrix.
    """
    try:
        if is_linear(estimator):
            return LinearSums(estimator, matrix, bounds) if issparse(matrix) else None
        forest = forest_in(estimator, matrix.shape[1])
        return None if forest is None else Trees(forest, column, matrix.shape[0])
    except Exception:  # noqa: BLE001 - an unknown shape of model is predicted by its own code
        return None


def predicted(quick: Quick, name: str, asked: Asked, expected: Any) -> list[Any] | None:
    """Predict the changed rows of each block.

    Returns
    -------
    list of ndarray, or None
        None when, to the last bit, the rows as they are don't come out as `expected`.
    """
    try:
        answers, unchanged, rows = quick.predict(name, asked)
    except Exception:  # noqa: BLE001
        return None
    return answers if same(np.asarray(unchanged), np.asarray(expected)[rows], bits=True) else None
