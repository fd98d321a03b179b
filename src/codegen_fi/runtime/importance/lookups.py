"""How much work a shuffled row is for an estimator that looks it up, counted instead of measured.

Trees whose tests on the moved columns are looked up cost an "and" and a sum each; those that don't
look at these columns a sum alone. How many of them there are is read off the fitted model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from .trees.cuts import cuts_of
from .trees.read import forest_in
from .trees.words import FEW
from .used import is_linear

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from .trees.forest import Forest

# Steps for a tree that looks at what moved, by the words that its leaves take: a short one, a long
# one, several.
_SHORT_WORD, _LONG_WORD, _WORDS = 4.5, 7.5, 24.0
# For each further class that the same tree votes for, and for a tree that isn't touched.
_CLASS, _UNTOUCHED = 3.0, 1.5
# For each tree and each pair of tree and columns, with the rows as they are; of each word.
_AS_THEY_ARE = 9.0
# For each number that a row stores.
_TERM = 6.0


@dataclass(frozen=True)
class Lookups:
    """Steps of an estimator that looks shuffled rows up.

    Attributes
    ----------
    still : float
        For a changed row, whatever moved.
    touched : float
        More for each tree that looks at a column that moved.
    trees : mapping of int to ndarray of int
        Which trees look at an engineered column.
    row : float
        For a row as it is, besides `pair` for each tree and block of columns.
    pair : float
    """

    still: float
    touched: float
    trees: Mapping[int, NDArray[np.intp]]
    row: float
    pair: float

    def touching(self, columns: Sequence[int]) -> int:
        """Count the trees that look at any of some engineered columns."""
        found = [self.trees[column] for column in columns if column in self.trees]
        return len(np.unique(np.concatenate(found))) if len(found) > 1 else sum(map(len, found))

    def changed(self, columns: Sequence[int]) -> float:
        """Count the steps of a row of which these columns moved."""
        return self.still + self.touched * self.touching(columns)


def lookups_of(estimator: Any, matrix: Any) -> Lookups | None:
    """Read what looking shuffled rows up takes; None for an estimator that predicts them.

    Parameters
    ----------
    estimator : fitted estimator
    matrix : ndarray or csr matrix of shape (rows, columns)
        Some rows, as they enter it.
    """
    try:
        if is_linear(estimator):
            return _of_terms(estimator, matrix) if issparse(matrix) else None
        forest = forest_in(estimator, matrix.shape[1])
        return None if forest is None else _of_trees(forest)
    except Exception:  # noqa: BLE001 - a model that can't be taken apart predicts
        return None


def _of_terms(estimator: Any, matrix: Any) -> Lookups:
    stored = matrix.nnz / matrix.shape[0]
    steps = _TERM * stored * np.atleast_2d(estimator.coef_).shape[0]
    return Lookups(steps, 0.0, {}, steps, 0.0)


def _of_trees(forest: Forest) -> Lookups:
    cuts = cuts_of(forest)
    count, classes, words = forest.trees, len(forest.added(0)), forest.words
    single = _SHORT_WORD if forest.tests.kept.dtype == FEW else _LONG_WORD
    touched = (single if words == 1 else _WORDS) + _CLASS * (classes - 1)
    untouched, pair = _UNTOUCHED * classes, _AS_THEY_ARE * words
    trees = {column: each.trees for column, each in cuts.items()}
    return Lookups(untouched * count, touched - untouched, trees, pair * count, pair)
