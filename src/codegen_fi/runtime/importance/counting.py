"""Count the work and the memory of a permutation, looking at some of the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from .changed import DIFFERENT, values_of
from .effort import PER_CELL, PER_ENTRY, PER_ROW, PER_SCORE, steps_of_row
from .lookups import lookups_of
from .rowwise import keeps_columns_apart, keeps_rows_apart
from .some_rows import bytes_of
from .used import columns_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .anatomy import Anatomy
    from .lookups import Lookups

_COPIES = 4
_BYTES_PER_ROW = 256
_UNFEATURIZED_CELL = 50.0
# How often the rows as they are are featurized and predicted, for the quick way to be tried out.
_PASSES = 4.0


@dataclass(frozen=True)
class Counts:
    """What is counted for each row.

    Attributes
    ----------
    steps : float
        For all shuffles of the raw columns and of the groups.
    engineered : float
        For one shuffle of each engineered column.
    size : float
        Bytes.
    """

    steps: float
    engineered: float
    size: float


class Targets:
    """Blocks of engineered columns that are shuffled: one per raw column, one per group.

    Parameters
    ----------
    anatomy : Anatomy
        With a lineage.
    matrix : ndarray or csr matrix of shape (rows, columns)
        Some rows.
    shuffles : float
    groups : sequence of (name, columns)
    roughly : bool
        Take all values for different.

    Attributes
    ----------
    blocks : list of list of int
    moved : list of float
        How often a row gets values that neither it nor an earlier shuffle had.
    """

    def __init__(
        self,
        anatomy: Anatomy,
        matrix: Any,
        shuffles: float,
        groups: Sequence[Any],
        roughly: bool = False,
    ) -> None:
        assert anatomy.lineage is not None  # noqa: S101
        by_raw: dict[int, list[int]] = {}
        for column, owners in enumerate(anatomy.lineage.owners):
            for owner in owners:
                by_raw.setdefault(owner, []).append(column)
        named = {name: by_raw.get(i, []) for i, name in enumerate(anatomy.raw)}
        together = [sorted({i for name in names for i in named[name]}) for _, names in groups]
        self.shuffles = shuffles
        self.blocks = [*by_raw.values(), *filter(None, together)]
        self.moved = [shuffles] * len(self.blocks)
        if not roughly:
            self.moved = [expected_changes(matrix, block, shuffles) for block in self.blocks]


def of_whole(
    anatomy: Anatomy, some: Any, shuffles: float, groups: int, leaves: Sequence[Any]
) -> Counts:
    """Count for data that are featurized and predicted as a whole with each shuffle."""
    columns = len(anatomy.raw)
    width = columns if anatomy.lineage is None else len(anatomy.lineage.engineered)
    cell = _UNFEATURIZED_CELL if anatomy.featurizer is None else PER_CELL
    steps = PER_ROW + PER_SCORE + cell * columns
    steps += sum(steps_of_row(leaf, width) for leaf, _ in leaves)
    size = 2.0 * bytes_of(some) + 8.0 * width * 2 + 8.0 * shuffles + _BYTES_PER_ROW
    return Counts((_PASSES + shuffles * (columns + groups)) * steps, 0.0, size)


def of_parts(
    anatomy: Anatomy, matrix: Any, targets: Targets, leaves: Sequence[Any], walked: bool
) -> Counts:
    """Count for estimators that predict shuffled rows of a matrix which is featurized once."""
    assert anatomy.lineage is not None  # noqa: S101
    owners = anatomy.lineage.owners
    stored = bytes_of(matrix)
    featurized = 0.0 if anatomy.featurizer is None else PER_CELL * len(anatomy.raw)
    steps, everything, reached = _PASSES * featurized, 0.0, np.zeros(len(targets.blocks), bool)
    engineered = 0.0
    for leaf, before in leaves:
        part = Part(leaf, before, matrix, walked)
        everything += part.predicted
        reads = np.array([part.read[block].any() for block in targets.blocks], dtype=bool)
        steps += part.steps(targets, reads)
        engineered += 0.0 if walked else part.each(matrix)
        reached |= reads
    steps += PER_SCORE * targets.shuffles * float(reached.sum())
    # What several raw columns share is computed again for each of them.
    shared = {owner for each in owners if len(each) > 1 for owner in each}
    steps += targets.shuffles * len(shared) * (PER_CELL * len(anatomy.raw) + everything)
    scaled = {tuple(type(step) for step in before) for _, before in leaves if before}
    size = stored * (_COPIES + len(scaled)) + 8.0 * targets.shuffles
    return Counts(max(steps, 1.0), engineered, size + 16.0 * len(leaves) + _BYTES_PER_ROW)


class Part:
    """An estimator of the model, with the steps before it.

    Attributes
    ----------
    read : ndarray of bool of shape (columns,)
        The columns of the matrix that it may read.
    predicted : float
        Steps of predicting a row.
    """

    def __init__(self, leaf: Any, before: Sequence[Any], matrix: Any, walked: bool) -> None:
        width = matrix.nnz / matrix.shape[0] if issparse(matrix) else matrix.shape[1]
        apart = all(keeps_columns_apart(step) for step in before)
        self.read = np.ones(matrix.shape[1], dtype=bool)
        if apart:
            self.read = columns_read(leaf, matrix)
        entering = int(width if apart else getattr(leaf, "n_features_in_", width))
        self.predicted = PER_ENTRY * width + steps_of_row(leaf, entering)
        self.predicted += sum(
            steps_of_row(step, int(width)) for step in before if not keeps_columns_apart(step)
        )
        self._by_rows = apart and keeps_rows_apart(leaf, matrix)
        self._lookups: Lookups | None = None
        if self._by_rows and not walked:
            self._lookups = lookups_of(leaf, matrix)

    def steps(self, targets: Targets, reads: NDArray[np.bool_]) -> float:
        """Count for all shuffles of the blocks that it reads, and for the rows as they are."""
        found = float(_PASSES * self.predicted)
        for i in np.flatnonzero(reads).tolist():
            often = targets.moved[i] if self._by_rows else targets.shuffles
            found += often * (PER_ROW + self._changed(targets.blocks[i]))
            if self._lookups is not None:
                # Of as many rows as a budget is about, each column is a batch of its own.
                found += self._lookups.row
                found += self._lookups.pair * self._lookups.touching(targets.blocks[i])
        return found

    def each(self, matrix: Any) -> float:
        """Count for one shuffle of each column that it reads."""
        often = _moved_once(matrix) if self._by_rows else np.ones(len(self.read))
        read = np.flatnonzero(self.read).tolist()
        found = sum(often[i] * (PER_ROW + self._changed([i])) for i in read)
        return float(found) + PER_SCORE * len(read)

    def _changed(self, block: Sequence[int]) -> float:
        return float(self.predicted if self._lookups is None else self._lookups.changed(block))


def expected_changes(matrix: Any, block: Sequence[int], shuffles: float) -> float:
    """Expect how many different rows shuffles make of one by other values in a block."""
    ids = values_of(matrix, block).ids
    share = np.bincount(ids) / len(ids)
    if len(share) >= DIFFERENT * len(ids):
        return shuffles
    return float(((1.0 - share) * (1.0 - (1.0 - share) ** shuffles)).sum())


def _moved_once(matrix: Any) -> NDArray[Any]:
    """Expect for each column which share of the rows one shuffle changes, at most."""
    stored = (matrix != 0).sum(axis=0) / matrix.shape[0]
    return np.asarray(1.0 - (1.0 - np.asarray(stored).ravel()) ** 2)
