"""How many rows permutation scores when nobody says: all, unless that goes beyond a budget.

Work and memory are counted, not measured, so that the same data, model and options give the same
rows, and with them the same numbers, on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from ..run_budget import BUDGET, MOST_BYTES, MOST_STEPS, STEPS_PER_HOUR
from .anatomy import without_featurizer
from .effort import PER_CELL, PER_ROW, steps_of_row
from .hollow import hollowed
from .matrices import same
from .repeating import AUTO as REPEATS_AUTO
from .repeating import MOST
from .responses import Answering
from .rowwise import keeps_columns_apart
from .used import columns_read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .anatomy import Anatomy

AUTO = "auto"
ALL = "all"

ENGINEERED_STEPS = MOST_STEPS // 6
"""Most steps spent on the engineered space, which nobody asks for first."""

FEWEST_ROWS = 1_000
"""Rows that are scored whatever the budget says; fewer tell nothing."""

_STEPS_PER_SECOND = 1e9
_LOOKED_AT = 256
_COPIES = 4
_BYTES_PER_ROW = 256
_UNFEATURIZED_CELL = 50.0
_GIBIBYTE = float(1 << 30)


@dataclass(frozen=True)
class Work:
    """What permutation takes for each row.

    Attributes
    ----------
    steps : float
        For all shuffles of the raw columns and of the groups.
    engineered : float
        For one shuffle of each engineered column.
    size : float
        Bytes.
    shuffles : float
        How many those of the raw columns and of the groups are.
    """

    steps: float
    engineered: float
    size: float
    shuffles: float = 1.0

    def seconds(self, rows: int) -> float:
        """Expect a time for one shuffle of one column."""
        return rows * self.steps / self.shuffles / _STEPS_PER_SECOND

    def rows(self) -> int:
        """Tell how many rows the budget is enough for, in two digits and zeros."""
        most = int(min(MOST_STEPS / self.steps, MOST_BYTES / self.size))
        zeros = 10 ** max(len(str(most)) - 2, 0)
        return max(most // int(zeros) * int(zeros), FEWEST_ROWS)

    def why(self, rows: int) -> str:
        """Say what so many rows would take."""
        hours, size = rows * self.steps / STEPS_PER_HOUR, rows * self.size / _GIBIBYTE
        found = []
        if rows * self.steps > MOST_STEPS:
            found.append(f"take about {_rounded(hours)} hours of one processor")
        if rows * self.size > MOST_BYTES:
            found.append(f"need about {_rounded(size)} GiB of memory")
        return f"all would {' and '.join(found)}, and the budget is {BUDGET}"


def counted(
    anatomy: Anatomy, X: Any, repeats: int | str, groups: Sequence[tuple[str, Sequence[str]]]
) -> Work | None:
    """Count as `work_of`; None for few rows and for a model that can't be counted."""
    if len(X) <= FEWEST_ROWS:
        return None
    try:
        return work_of(anatomy, X, repeats, groups)
    except Exception:  # noqa: BLE001 - it is scored on all rows
        return None


def work_of(
    anatomy: Anatomy, X: Any, repeats: int | str, groups: Sequence[tuple[str, Sequence[str]]] = ()
) -> Work:
    """Count what permutation takes, looking at some of the rows.

    Parameters
    ----------
    anatomy : Anatomy
    X : table of shape (rows, columns)
    repeats : int or "auto"
        Of `auto` the most.
    groups : sequence of (name, columns)
    """
    shuffles = float(MOST if repeats == REPEATS_AUTO else repeats)
    some = _some(X)
    matrix = _featurized(anatomy, some)
    leaves = _leaves(anatomy)
    if anatomy.lineage is None or matrix is None:
        return _work_of_all(anatomy, some, shuffles, len(groups), leaves)
    return _work_of_parts(anatomy, matrix, shuffles, groups, leaves)


def _work_of_all(
    anatomy: Anatomy, some: Any, shuffles: float, groups: int, leaves: Sequence[Any]
) -> Work:
    """Count for data that are featurized and predicted as a whole with each shuffle."""
    columns = len(anatomy.raw)
    width = columns if anatomy.lineage is None else len(anatomy.lineage.engineered)
    cell = _UNFEATURIZED_CELL if anatomy.featurizer is None else PER_CELL
    steps = PER_ROW + cell * columns + sum(steps_of_row(leaf, width) for leaf, _ in leaves)
    size = 2.0 * _bytes_of(some) + 8.0 * width * 2 + 8.0 * shuffles + _BYTES_PER_ROW
    scorings = shuffles * (columns + groups)
    return Work(scorings * steps, 0.0, size, scorings)


def _work_of_parts(
    anatomy: Anatomy,
    matrix: Any,
    shuffles: float,
    groups: Sequence[tuple[str, Sequence[str]]],
    leaves: Sequence[Any],
) -> Work:
    """Count for estimators that predict shuffled rows of a matrix which is featurized once."""
    assert anatomy.lineage is not None  # noqa: S101
    owners = anatomy.lineage.owners
    stored = _bytes_of(matrix)
    width = matrix.nnz / matrix.shape[0] if issparse(matrix) else matrix.shape[1]
    steps = engineered = everything = 0.0
    for leaf, before in leaves:
        apart = all(keeps_columns_apart(step) for step in before)
        read = columns_read(leaf, matrix) if apart else np.ones(len(owners), dtype=bool)
        entering = int(width if apart else getattr(leaf, "n_features_in_", width))
        cost = PER_ROW + width + steps_of_row(leaf, entering)
        cost += sum(steps_of_row(step, int(width)) for step in before if not apart)
        reached = {owner for i in np.flatnonzero(read) for owner in owners[i]}
        named = {anatomy.raw[i] for i in reached}
        steps += cost * (len(reached) + sum(bool(named & set(cols)) for _, cols in groups))
        engineered += cost * float(read.sum())
        everything += cost
    # What several raw columns share is computed again for each of them.
    shared = {owner for each in owners if len(each) > 1 for owner in each}
    steps += len(shared) * (PER_CELL * len(anatomy.raw) + everything)
    scaled = {tuple(type(step) for step in before) for _, before in leaves if before}
    size = stored * (_COPIES + len(scaled)) + 8.0 * shuffles + 16.0 * len(leaves) + _BYTES_PER_ROW
    scorings = shuffles * (len(anatomy.raw) + len(groups))
    return Work(max(shuffles * steps, 1.0), engineered, size, scorings)


def _some(X: Any) -> Any:
    rows = np.unique(np.linspace(0, len(X) - 1, _LOOKED_AT).astype(np.intp))
    return X.iloc[rows] if hasattr(X, "iloc") else X[rows]


def _featurized(anatomy: Anatomy, some: Any) -> Any:
    """Give the rows as they enter the model; None where a row depends on the others."""
    if anatomy.featurizer is None:
        return _numbers(some)
    try:
        matrix = anatomy.featurizer.transform(some)
        turned = anatomy.featurizer.transform(some[::-1])
        alone = same(turned, matrix[::-1])
    except Exception:  # noqa: BLE001 - what doesn't take these rows is run as a whole
        return None
    fits = anatomy.lineage is not None and matrix.shape[1] == len(anatomy.lineage.engineered)
    return matrix if alone and fits else None


def _numbers(some: Any) -> Any:
    if not hasattr(some, "iloc"):
        return some
    plain = all(isinstance(kind, np.dtype) and kind.kind in "fiu" for kind in some.dtypes)
    return some.to_numpy() if plain else None


def _leaves(anatomy: Anatomy) -> list[tuple[Any, tuple[Any, ...]]]:
    """List the estimators that predict, each with the steps before it."""
    found: list[tuple[Any, tuple[Any, ...]]] = []

    def keep(estimator: Any, steps: tuple[Any, ...]) -> Any:
        found.append((estimator, steps))
        return Answering(estimator, lambda *_, **__: None)

    model = anatomy.model
    try:
        hollowed(model if anatomy.featurizer is None else without_featurizer(model), keep)
    except Exception:  # noqa: BLE001 - a shape of model that can't be taken apart
        return [(anatomy.steps[-1], ())]
    return found


def _bytes_of(table: Any) -> float:
    """Count the bytes of a row."""
    if issparse(table):
        parts = (table.data, table.indices, table.indptr)
        return float(sum(part.nbytes for part in parts) / table.shape[0])
    if hasattr(table, "iloc"):
        return float(table.memory_usage(index=False).sum()) / len(table)
    return float(table.nbytes / len(table))


def _rounded(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 10 else f"{amount:.1f}"  # noqa: PLR2004
