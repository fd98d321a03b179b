"""One estimator of a model, behind its own scalers, predicting shuffled rows of the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse, vstack

from .changed import Changed, changed_by
from .inputs import MEGABYTE
from .matrices import Mixed, same
from .quick import predicted, sums_of
from .rowwise import confirmed, keeps_rows_apart
from .used import columns_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from .inputs import Inputs

BATCH_BYTES = 64 * MEGABYTE
"""Most bytes of shuffled rows that are predicted in one call."""


class Leaf:
    """An estimator and the matrix that enters it.

    Attributes
    ----------
    baseline : dict of str to ndarray
        What each method says of the rows as they are.
    """

    def __init__(self, estimator: Any, steps: tuple[Any, ...], inputs: Inputs) -> None:
        self._estimator = estimator
        self._inputs = inputs
        self._all_steps = steps
        self._scaled, self._steps = inputs.through(steps)
        self._matrix = self._scaled
        self._rowwise = not self._steps and keeps_rows_apart(estimator)
        self._read = np.ones(self._matrix.shape[1], dtype=bool)
        if not self._steps:
            self._read = columns_read(estimator, self._matrix)
        self.baseline: dict[str, Any] = {}
        self._sums: dict[str, Any] = {}

    def __call__(self, name: str, _X: Any, **_options: Any) -> Any:
        """Predict the rows as they are and keep the answer."""
        if name not in self.baseline:
            self.baseline[name] = np.asarray(self._predict(name, self._scaled))
            self._settle(name)
        return self.baseline[name].copy()

    def responses(
        self, name: str, blocks: Sequence[Sequence[int]], orders: Sequence[NDArray[np.intp]]
    ) -> list[Any]:
        """Predict once per order for each block of columns; None where it reads none of them.

        Returns
        -------
        list of (ndarray of shape (orders, rows, ...) or None)
        """
        read = [np.sort(np.asarray(b, dtype=np.intp)[self._read[list(b)]]) for b in blocks]
        if self._rowwise:
            return self._by_rows(name, read, orders)
        return self._by_orders_of(name, read, orders)

    def of_matrix(self, name: str, matrix: Any) -> Any:
        """Predict the rows of another matrix."""
        if self._inputs.frame is not None:
            matrix = self._inputs.frame(matrix)
        for step in self._all_steps:
            matrix = step.transform(matrix)
        return np.asarray(getattr(self._estimator, name)(matrix))

    def _by_orders_of(
        self, name: str, blocks: Sequence[Any], orders: Sequence[NDArray[np.intp]]
    ) -> list[Any]:
        return [self._by_orders(name, block, orders) if len(block) else None for block in blocks]

    def _quickly(self, name: str, both: Sequence[tuple[Any, Changed]]) -> list[Any] | None:
        """Predict by the sums of trees; None where there are none or they disagree."""
        quick = self._sums.get(name)
        if quick is None or not both:
            return None
        blocks, wanted = [block for block, _ in both], [todo for _, todo in both]
        found = predicted(quick, name, blocks, wanted, self.baseline[name])
        if found is None:
            del self._sums[name]
            self._settle(name, quick=False)
        return found

    def _by_orders(self, name: str, block: Any, orders: Sequence[NDArray[np.intp]]) -> Any:
        rows = np.arange(self._matrix.shape[0])
        if self._inputs.frame is not None:
            # A table with a column put in lies in memory column by column, and a matrix product
            # adds up in the order of the memory.
            mixed = Mixed(self._inputs.matrix, block)
            return [
                self.of_matrix(name, np.asfortranarray(mixed.rows(rows, order))) for order in orders
            ]
        mixed = Mixed(self._matrix, block)
        return [np.asarray(self._predict(name, mixed.rows(rows, order))) for order in orders]

    def _by_rows(
        self, name: str, blocks: Sequence[Any], orders: Sequence[NDArray[np.intp]]
    ) -> list[Any]:
        pending = [self._changed(block, orders) if len(block) else None for block in blocks]
        both = _both(blocks, pending)
        quick = self._quickly(name, both)
        if quick is not None:
            answers = iter(quick)
            return [
                None if todo is None else self._placed(name, todo, next(answers))
                for todo in pending
            ]
        if not self._rowwise:
            return self._by_orders_of(name, blocks, orders)
        parts = (
            Mixed(self._matrix, block).rows(rows, sources)
            for block, todo in both
            for rows, sources in _chunks(todo, self._matrix)
        )
        predicted = self._in_batches(name, parts)
        found: list[Any] = []
        start = 0
        for todo in pending:
            if todo is None:
                found.append(None)
                continue
            stop = start + len(todo.rows)
            found.append(self._placed(name, todo, predicted[start:stop]))
            start = stop
        return found

    def _changed(self, block: NDArray[np.intp], orders: Sequence[NDArray[np.intp]]) -> Changed:
        return changed_by(self._inputs.values(self._scaled, block), orders)

    def _placed(self, name: str, todo: Changed, predicted: Any) -> Any:
        before = self.baseline[name]
        found = np.repeat(before[None], len(todo.where), axis=0)
        found[todo.where] = predicted[todo.which]
        return found

    def _in_batches(self, name: str, parts: Iterable[Any]) -> Any:
        predicted = [self.baseline[name][:0]]
        batch: list[Any] = []
        size = 0
        for part in parts:
            bytes_of = part.data.nbytes if issparse(part) else part.nbytes
            if batch and size + bytes_of > BATCH_BYTES:
                predicted.append(self._predict(name, _stacked(batch)))
                batch, size = [], 0
            if part.shape[0]:
                batch.append(part)
                size += bytes_of
        if batch:
            predicted.append(self._predict(name, _stacked(batch)))
        return np.concatenate(predicted)

    def _predict(self, name: str, matrix: Any) -> Any:
        frame = self._inputs.frame
        if frame is not None and self._scaled is self._inputs.matrix:
            matrix = frame(matrix)
        for step in self._steps:
            matrix = step.transform(matrix)
        return getattr(self._estimator, name)(matrix)

    def _settle(self, name: str, quick: bool = True) -> None:
        """Choose the quickest layout that gives the same, and check that rows stay apart."""
        if not self._rowwise:
            return
        expected = self.baseline[name]
        dense = self._scaled
        if issparse(self._scaled):
            # XGBoost takes what a sparse matrix doesn't store for missing.
            absent = np.nan if hasattr(self._estimator, "get_booster") else 0.0
            dense = self._inputs.dense(self._scaled, absent)
        sums = sums_of(self._estimator, dense) if quick and dense is not None else None
        if sums is not None:
            self._sums[name] = sums
            return
        if dense is not None and same(np.asarray(self._predict(name, dense)), expected, bits=True):
            self._matrix = dense
        self._rowwise = confirmed(lambda rows: self._predict(name, rows), self._matrix, expected)
        if not self._rowwise:
            self._matrix = self._scaled


def _both(blocks: Sequence[Any], pending: Sequence[Any]) -> list[tuple[Any, Changed]]:
    return [(block, todo) for block, todo in zip(blocks, pending) if todo is not None]  # noqa: B905


def _chunks(todo: Changed, matrix: Any) -> list[tuple[Any, Any]]:
    width = matrix.shape[1] if not issparse(matrix) else max(1, matrix.nnz // matrix.shape[0]) * 2
    most = max(1, BATCH_BYTES // (8 * width))
    return [
        (todo.rows[start : start + most], todo.sources[start : start + most])
        for start in range(0, len(todo.rows), most)
    ]


def _stacked(batch: list[Any]) -> Any:
    if len(batch) == 1:
        return batch[0]
    return vstack(batch, format="csr") if issparse(batch[0]) else np.concatenate(batch)
