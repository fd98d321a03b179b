"""One estimator of a model, behind its own scalers, predicting shuffled rows of the matrix."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from .answers import Few, Whole
from .inputs import MEGABYTE
from .matrices import Mixed, same, stacked
from .quick import Quick, Trees, predicted, quick_of
from .rowwise import apart_if_sparse, compares_rows, confirmed, keeps_rows_apart
from .used import columns_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from .changed import Changed
    from .inputs import Inputs

BATCH_BYTES = 64 * MEGABYTE
"""Most bytes of shuffled rows that are predicted in one call."""


class Leaf:
    """An estimator and the matrix that enters it.

    Parameters
    ----------
    estimator : fitted estimator
    steps : tuple of fitted transformers
        Between the matrix and the estimator.
    inputs : Inputs
    heard : dict of str to array, optional
        What it said of the rows as they are, by the name of the method.

    Attributes
    ----------
    baseline : dict of str to ndarray
        What each method says of the rows as they are.
    """

    def __init__(
        self,
        estimator: Any,
        steps: tuple[Any, ...],
        inputs: Inputs,
        heard: dict[str, Any] | None = None,
    ) -> None:
        self._estimator = estimator
        self._heard = heard or {}
        self._inputs = inputs
        self._all_steps = steps
        self._scaled, self._steps = inputs.through(steps)
        self._matrix = self._scaled
        self._rowwise = not self._steps and keeps_rows_apart(estimator, self._scaled)
        # Neighbours and kernels lay out a number for each row and each one they compare it with.
        self._most_rows = self._scaled.shape[0] if compares_rows(estimator) else sys.maxsize
        self._quick: Quick | None = self._quickest()
        self._read = self._columns_read()
        self.baseline: dict[str, Any] = {}

    def __call__(self, name: str, _X: Any, **_options: Any) -> Any:
        """Predict the rows as they are and keep the answer."""
        if name not in self.baseline:
            found = np.asarray(self._heard.pop(name, ()))
            if len(found) != self._scaled.shape[0]:
                found = np.asarray(self._predict(name, self._scaled))
            self.baseline[name] = found
            self._settle(name)
        return self.baseline[name].copy()

    @property
    def looks_up(self) -> bool:
        """Tell whether shuffled rows are looked up."""
        return self._quick is not None

    def reads(self, columns: Sequence[int]) -> bool:
        """Tell whether it may read any of some columns."""
        return bool(self._read[np.asarray(columns, dtype=np.intp)].any())

    def responses(
        self, name: str, blocks: Sequence[Sequence[int]], orders: Sequence[NDArray[np.intp]]
    ) -> list[Few | Whole | None]:
        """Predict once per order for each block of columns; None where it reads none of them.

        Returns
        -------
        list of (Few, Whole or None)
        """
        whole = [np.sort(np.asarray(block, dtype=np.intp)) for block in blocks]
        if self._rowwise:
            return self._by_rows(name, whole, orders)
        return self._by_orders_of(name, whole, orders)

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
        return [
            Whole(self._by_orders(name, block[self._read[block]], orders))
            if self.reads(block)
            else None
            for block in blocks
        ]

    def _columns_read(self) -> NDArray[np.bool_]:
        read = np.ones(self._matrix.shape[1], dtype=bool)
        if isinstance(self._quick, Trees):
            read = self._quick.reads(len(read))
        elif not self._steps:
            read = columns_read(self._estimator, self._matrix)
        if self._rowwise:
            self._inputs.reads(read)
        return read

    def _quickest(self) -> Quick | None:
        if not self._rowwise:
            return None
        column = partial(self._inputs.column, self._scaled, self._absent())
        return quick_of(self._estimator, self._scaled, column, self._inputs.bounds(self._scaled))

    def _absent(self) -> float:
        """Tell what the estimator takes a number for that a sparse matrix doesn't store."""
        return np.nan if hasattr(self._estimator, "get_booster") else 0.0

    def _quickly(self, name: str, asked: Sequence[Any]) -> list[Any] | None:
        """Predict by sums over trees; None where there are none or they disagree."""
        if self._quick is None or not asked:
            return None
        found = predicted(self._quick, name, asked, self.baseline[name])
        if found is None:
            self._quick = None
            self._read = self._columns_read()
            self._settle(name)
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
        pending = [
            self._inputs.changed(block, orders) if self.reads(block) else None for block in blocks
        ]
        asked = [(block, *both) for block, both in zip(blocks, pending) if both is not None]  # noqa: B905
        had = self._quick is not None
        quick = self._quickly(name, asked)
        if quick is not None:
            answers = iter(quick)
            return [
                None if both is None else Few(both[1], next(answers), self.baseline[name])
                for both in pending
            ]
        if had and self._quick is None:
            # What it reads was known from its trees.
            return self.responses(name, blocks, orders)
        parts = (
            Mixed(self._matrix, block[self._read[block]]).rows(rows, sources)
            for block, _, todo in asked
            for rows, sources in _chunks(todo, self._matrix, self._most_rows)
        )
        predicted = self._in_batches(name, parts)
        found: list[Any] = []
        start = 0
        for both in pending:
            if both is None:
                found.append(None)
                continue
            todo = both[1]
            stop = start + len(todo.rows)
            found.append(Few(todo, predicted[start:stop], self.baseline[name]))
            start = stop
        return found

    def _in_batches(self, name: str, parts: Iterable[Any]) -> Any:
        predicted = [self.baseline[name][:0]]
        batch: list[Any] = []
        size = rows = 0
        for part in parts:
            bytes_of = part.data.nbytes if issparse(part) else part.nbytes
            rows += part.shape[0]
            if batch and (size + bytes_of > BATCH_BYTES or rows > self._most_rows):
                predicted.append(self._predict(name, stacked(batch)))
                batch, size, rows = [], 0, part.shape[0]
            if part.shape[0]:
                batch.append(part)
                size += bytes_of
        if batch:
            predicted.append(self._predict(name, stacked(batch)))
        return np.concatenate(predicted)

    def _predict(self, name: str, matrix: Any) -> Any:
        frame = self._inputs.frame
        if frame is not None and self._scaled is self._inputs.matrix:
            matrix = frame(matrix)
        for step in self._steps:
            matrix = step.transform(matrix)
        return getattr(self._estimator, name)(matrix)

    def _settle(self, name: str) -> None:
        """Choose the quickest layout that gives the same, and check that rows stay apart."""
        if not self._rowwise or self._quick is not None:
            return
        expected = self.baseline[name]
        dense = self._scaled
        if issparse(self._scaled):
            stays = apart_if_sparse(self._estimator)
            dense = None if stays else self._inputs.dense(self._scaled, self._absent())
        if dense is not None and same(np.asarray(self._predict(name, dense)), expected, bits=True):
            self._matrix = dense
        self._rowwise = confirmed(lambda rows: self._predict(name, rows), self._matrix, expected)
        if not self._rowwise:
            self._matrix = self._scaled


def _chunks(todo: Changed, matrix: Any, rows: int) -> list[tuple[Any, Any]]:
    width = matrix.shape[1] if not issparse(matrix) else max(1, matrix.nnz // matrix.shape[0]) * 2
    most = max(1, min(rows, BATCH_BYTES // (8 * width)))
    return [
        (todo.rows[start : start + most], todo.sources[start : start + most])
        for start in range(0, len(todo.rows), most)
    ]
