"""Permutation importances of a model's raw and engineered columns."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from .blocks import Blocks, RawBlocks, blocks_of
from .lineage import identity
from .permutation import drops, shuffled_orders
from .rescoring import WholeModel
from .rows import ENGINEERED, RAW, WHOLE, Row, rows_of
from .scorings import Counter, score_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lineage import Lineage
    from .methods import Task
    from .rescoring import Rescorer
    from .rows import Measure

PERMUTATION = "permutation"

ENGINEERED_BUDGET = 1000
"""Most scorings (columns times repeats) spent on the engineered space, which nobody asks for first.

A text column makes thousands of engineered columns, each to be scored `repeats` times.
"""

_ENGINEERED = "permutation importances of engineered columns"


class Permuting:
    """One run: the baseline and the orders are computed once and serve both spaces."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.orders = shuffled_orders(len(task.X), task.repeats, task.seed)
        self.whole = WholeModel(task.anatomy.model, task.X, task.y, task.scorer)
        self.baseline = _a_number(float(self.whole.baseline()))
        self.blocks = blocks_of(task.anatomy, task.X, task.y, task.scorer, self.orders[0])
        self.counter = Counter(task.progress, 0)

    def measure(self, rescorer: Rescorer, scored: Sequence[bool], names: Sequence[str]) -> Measure:
        """Measure all columns; those that nothing reads keep the baseline and are not scored."""
        columns = [i for i, wanted in enumerate(scored) if wanted]
        scores = score_columns(
            rescorer, columns, names, self.orders, self.counter, self.task.n_jobs
        )
        unread = [self.baseline] * self.task.repeats
        return drops(self.baseline, [scores.get(i, unread) for i in range(len(scored))])


def permuted(task: Task) -> tuple[list[Row], list[tuple[str, str]], float]:
    """Measure both spaces.

    Returns
    -------
    rows, skipped, baseline
        `skipped` names the engineered space with the reason when it was left out.
    """
    run = Permuting(task)
    reason = _why_not_engineered(run)
    lineage, blocks = task.anatomy.lineage, run.blocks
    run.counter.grow(len(task.anatomy.raw) if lineage is None else int(lineage.used().sum()))
    if not reason and blocks is not None and lineage is not None:
        run.counter.grow(len(lineage.engineered))
    known = identity(task.anatomy.raw) if lineage is None else lineage
    rows = raw_rows(run, known)
    if reason:
        return rows, [(_ENGINEERED, reason)], run.baseline
    if blocks is None:
        return [*rows, *_as_engineered(rows)], [], run.baseline
    return [*rows, *engineered_rows(run, known, blocks)], [], run.baseline


def raw_rows(run: Permuting, lineage: Lineage) -> list[Row]:
    """Measure the columns of the data."""
    rescorer: Rescorer = run.whole
    if run.blocks is not None:
        rescorer = RawBlocks(run.blocks, lineage, run.whole)
    measure = run.measure(rescorer, lineage.used().tolist(), lineage.raw)
    return rows_of(PERMUTATION, RAW, WHOLE, lineage.raw_columns(), measure)


def engineered_rows(run: Permuting, lineage: Lineage, blocks: Blocks) -> list[Row]:
    """Measure the columns of the featurized matrix."""
    measure = run.measure(blocks, [True] * len(lineage.engineered), lineage.engineered)
    return rows_of(PERMUTATION, ENGINEERED, WHOLE, lineage.engineered_columns(), measure)


def _a_number(score: float) -> float:
    if math.isfinite(score):
        return score
    raise ValueError(f"the score of the unshuffled rows is {score}, so that nothing can drop")


def _as_engineered(rows: Sequence[Row]) -> list[Row]:
    """Repeat the rows for a model whose engineered columns are the raw ones."""
    return [replace(row, space=ENGINEERED) for row in rows]


def _why_not_engineered(run: Permuting) -> str:
    anatomy = run.task.anatomy
    if anatomy.lineage is None:
        return anatomy.untraced
    if anatomy.featurizer is None:
        return ""
    if run.blocks is None:
        return "the model could not be run on the featurized matrix alone with equal results"
    needed = len(anatomy.lineage.engineered) * run.task.repeats
    if needed > ENGINEERED_BUDGET:
        return (
            f"{len(anatomy.lineage.engineered)} columns times {run.task.repeats} repeats are "
            f"{needed} scorings, more than the {ENGINEERED_BUDGET} set for this space"
        )
    return ""
