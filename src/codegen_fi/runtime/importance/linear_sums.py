"""Linear estimators over csr rows in which a block of columns comes from other rows.

The product of a csr matrix adds up what a row stores from left to right. Here the terms are
multiplied once and added up in that order, without putting the mixed rows together.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from .bounds import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .changed import Changed, Values

# Up to so many terms are laid out for all rows; of more, rows that have fewer are left out.
_SHORT = 16


class LinearSums:
    """Predicts as a linear estimator does from a csr matrix.

    Parameters
    ----------
    estimator : fitted estimator with `coef_` and `intercept_`
    matrix : csr matrix of shape (rows, columns)
        Its columns in order, each stored once.
    bounds : Bounds, optional
        Of the matrix, shared with other estimators.

    Raises
    ------
    ValueError
        When coefficients don't fit.
    """

    def __init__(self, estimator: Any, matrix: Any, bounds: Bounds | None = None) -> None:
        coef = np.atleast_2d(np.asarray(estimator.coef_))
        if coef.shape[1] != matrix.shape[1]:
            raise ValueError(f"{coef.shape[1]} coefficients of {matrix.shape[1]} columns")
        if not matrix.has_canonical_format:
            raise ValueError("a place of the matrix is stored twice")
        self._estimator = copy.copy(estimator)
        self._matrix = matrix
        self._bounds = Bounds(matrix) if bounds is None else bounds
        kind = np.result_type(coef.dtype, matrix.dtype)
        self._terms = [matrix.data.astype(kind) * of.astype(kind)[matrix.indices] for of in coef]

    def predict(
        self, name: str, asked: Sequence[tuple[NDArray[np.intp], Values, Changed]]
    ) -> tuple[list[Any], Any, slice]:
        """Predict the changed rows of each block, and the rows as they are."""
        sums = [self._changed(*each) for each in asked]
        start = self._matrix.indptr.astype(np.intp)
        unchanged = np.stack([_added(terms, start[:-1], start[1:]) for terms in self._terms])
        *answers, last = answered(self._answer, name, [*sums, unchanged])
        return answers, last, slice(None)

    def _changed(
        self, columns: NDArray[np.intp], values: Values, todo: Changed
    ) -> NDArray[np.floating]:
        bounds = [self._bounds.before(turn) for turn in _turns(columns, self._matrix.shape[1])]
        found = []
        for terms in self._terms:
            total = _added(terms, bounds[0], bounds[1])[todo.rows]
            for i in range(1, len(bounds) - 1):
                start, stop, rows = bounds[i], bounds[i + 1], todo.rows
                # Every other stretch comes from the other row.
                if i % 2 == 1:
                    start, stop, rows = start[values.first], stop[values.first], todo.kinds
                _add(total, terms, start, stop, rows)
            found.append(total)
        return np.stack(found)

    def _answer(self, name: str, sums: NDArray[np.floating]) -> Any:
        """Let the estimator's own code make its answer of the sums."""
        scores = np.ascontiguousarray(sums.T) + self._estimator.intercept_
        scores = scores.ravel() if scores.shape[1] == 1 else scores
        asked = copy.copy(self._estimator)
        method = "decision_function" if hasattr(asked, "classes_") else "_decision_function"
        if not hasattr(asked, method):
            raise ValueError(f"an estimator without {method}")
        setattr(asked, method, lambda _rows: scores)
        return getattr(asked, name)(csr_matrix((len(scores), self._matrix.shape[1])))


def answered(answer: Callable[[str, Any], Any], name: str, sums: Sequence[Any]) -> list[Any]:
    """Turn sums of shape (outputs, rows) into answers, one array for each.

    All in one call: the answers look at one row at a time.
    """
    ends = np.cumsum([each.shape[1] for each in sums[:-1]], dtype=np.intp)
    return np.split(np.asarray(answer(name, np.concatenate(sums, axis=1))), ends)


def _turns(columns: NDArray[np.intp], width: int) -> list[int]:
    """List where moving and staying columns take turns: 0, start, stop, start, ..., width."""
    breaks = np.flatnonzero(np.diff(columns) > 1)
    starts = columns[np.concatenate([[0], breaks + 1])]
    stops = columns[np.append(breaks, len(columns) - 1)] + 1
    turns = np.column_stack([starts, stops]).ravel().tolist()
    return [0, *turns, width]


def _added(terms: Any, start: Any, stop: Any) -> NDArray[np.floating]:
    """Add up a stretch of terms of each row."""
    total = np.zeros(len(start), dtype=terms.dtype)
    _add(total, terms, start, stop, np.arange(len(start)))
    return total


def _add(total: Any, terms: Any, start: Any, stop: Any, rows: NDArray[np.intp]) -> None:
    """Add the stretches of some rows to their totals, term after term."""
    longest = int((stop - start).max(initial=0))
    if longest > _SHORT:
        _add_long(total, terms, start[rows], (stop - start)[rows])
        return
    for i in range(longest):
        at = start + i
        there = at < stop
        # Zero adds nothing, not even a sign: no total is minus zero.
        term = np.where(there, terms[np.where(there, at, 0)], terms.dtype.type(0))
        total += term[rows]


def _add_long(total: Any, terms: Any, start: Any, length: Any) -> None:
    order = np.argsort(-length, kind="stable")
    start, running = start[order], total[order]
    left = np.searchsorted(-length[order], -np.arange(int(length.max(initial=0))), side="left")
    for i, count in enumerate(left.tolist()):
        running[:count] += terms[start[:count] + i]
    total[order] = running
