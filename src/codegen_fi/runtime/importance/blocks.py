"""Shuffle rows of the featurized matrix instead of featurizing shuffled data again.

For a featurizer whose every output row depends on its input row alone, shuffling a raw column and
shuffling the engineered columns made of it are the same. Whether that holds is tried on the
rows at hand before it is relied on; where it doesn't, everything is computed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import hstack, issparse

from .anatomy import without_featurizer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .anatomy import Anatomy
    from .lineage import Lineage
    from .rescoring import Rescorer


class Blocks:
    """Scores the part of a model that follows the featurizer, on a matrix computed once.

    Parameters
    ----------
    tail : fitted estimator
        The model without its featurizer.
    matrix : ndarray or csr matrix of shape (rows, engineered columns)
    y : array of shape (rows,)
    scorer : callable(model, X, y) -> float
    """

    def __init__(self, tail: Any, matrix: Any, y: Any, scorer: Callable[..., float]) -> None:
        self._tail = tail
        self._matrix = matrix
        self._y = y
        self._scorer = scorer

    def scores(self, column: int, orders: Sequence[NDArray[np.intp]]) -> list[float]:
        """Score once per order of one engineered column's rows."""
        return self.scores_of_block([column], orders)

    def scores_of_block(
        self, columns: Sequence[int], orders: Sequence[NDArray[np.intp]]
    ) -> list[float]:
        """Score once per order of the rows of some engineered columns together."""
        shuffle = _SparseShuffle if issparse(self._matrix) else _DenseShuffle
        shuffled = shuffle(self._matrix, columns)
        return [self._scorer(self._tail, shuffled.by(order), self._y) for order in orders]


class RawBlocks:
    """Scores raw columns by their blocks; those that share an engineered column by the slow way."""

    def __init__(self, blocks: Blocks, lineage: Lineage, slow: Rescorer) -> None:
        self._blocks = blocks
        self._slow = slow
        self._columns = _exclusive_blocks(lineage)

    def scores(self, column: int, orders: Sequence[NDArray[np.intp]]) -> list[float]:
        """Score once per order of a raw column's rows."""
        columns = self._columns[column]
        if columns is None:
            return self._slow.scores(column, orders)
        return self._blocks.scores_of_block(columns, orders)


def blocks_of(
    anatomy: Anatomy, X: Any, y: Any, scorer: Callable[..., float], order: NDArray[np.intp]
) -> Blocks | None:
    """Build the quick way if it gives the same on these rows; None if not.

    Tried are: the model without its featurizer predicts what the whole model predicts, and
    featurizing the rows in another order gives the same matrix in that order. A model that can't
    be taken apart at all is one that has no quick way.
    """
    if anatomy.lineage is None or anatomy.featurizer is None:
        return None
    try:
        return _tried(anatomy, X, y, scorer, order)
    except Exception:  # noqa: BLE001
        return None


def _tried(
    anatomy: Anatomy, X: Any, y: Any, scorer: Callable[..., float], order: NDArray[np.intp]
) -> Blocks | None:
    matrix = anatomy.featurizer.transform(X)
    if not _is_plain(matrix) or anatomy.lineage is None:
        return None
    if matrix.shape[1] != len(anatomy.lineage.engineered):
        return None
    tail = without_featurizer(anatomy.model)
    reordered = X.iloc[order] if hasattr(X, "iloc") else X[order]
    same = _same(anatomy.featurizer.transform(reordered), matrix[order]) and _predict_alike(
        anatomy.model, X, tail, matrix
    )
    return Blocks(tail, matrix, y, scorer) if same else None


class _DenseShuffle:
    def __init__(self, matrix: NDArray[Any], columns: Sequence[int]) -> None:
        self._columns = list(columns)
        self._block = matrix[:, self._columns]
        self._shuffled = matrix.copy(order="K")

    def by(self, order: NDArray[np.intp]) -> NDArray[Any]:
        self._shuffled[:, self._columns] = self._block[order]
        return self._shuffled


class _SparseShuffle:
    """Puts a csr matrix together again from runs of columns that are shuffled or stay.

    Stacking runs keeps the order in which a row's numbers are stored, and with it the order in
    which an estimator adds them up.
    """

    def __init__(self, matrix: Any, columns: Sequence[int]) -> None:
        moving = np.zeros(matrix.shape[1], dtype=bool)
        moving[list(columns)] = True
        starts = [0, *(np.flatnonzero(np.diff(moving)) + 1).tolist(), matrix.shape[1]]
        self._runs = [
            (matrix[:, start:stop], bool(moving[start]))
            for start, stop in zip(starts, starts[1:])  # noqa: B905, RUF007
        ]

    def by(self, order: NDArray[np.intp]) -> Any:
        return hstack([run[order] if moves else run for run, moves in self._runs], format="csr")


def _exclusive_blocks(lineage: Lineage) -> list[list[int] | None]:
    """List each raw column's engineered columns; None where one of them has other owners too."""
    found: list[list[int] | None] = [[] for _ in lineage.raw]
    for column, owners in enumerate(lineage.owners):
        for owner in owners:
            block = found[owner]
            if len(owners) > 1 or block is None:
                found[owner] = None
            else:
                block.append(column)
    return found


def _is_plain(matrix: Any) -> bool:
    if not issparse(matrix):
        return isinstance(matrix, np.ndarray)
    return bool(matrix.format == "csr" and matrix.has_sorted_indices)


def _same(left: Any, right: Any) -> bool:
    """Compare two matrices bit for bit, nan equal to nan."""
    if issparse(left) != issparse(right) or left.shape != right.shape:
        return False
    if not issparse(left):
        return _same_array(left, right)
    return all(
        _same_array(getattr(left, part), getattr(right, part))
        for part in ("indptr", "indices", "data")
    )


def _same_array(left: Any, right: Any) -> bool:
    left, right = np.asarray(left), np.asarray(right)
    floats = left.dtype.kind == "f" and right.dtype.kind == "f"
    return bool(np.array_equal(left, right, equal_nan=floats))


def _predict_alike(model: Any, X: Any, tail: Any, matrix: Any) -> bool:
    names = ("predict", "predict_proba", "decision_function")
    return all(
        _same_array(getattr(model, name)(X), getattr(tail, name)(matrix))
        for name in names
        if hasattr(model, name)
    )
