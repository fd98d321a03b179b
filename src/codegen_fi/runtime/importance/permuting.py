"""Permutation importances of a model's raw and engineered columns, and of groups of columns."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .blocks import Blocks, blocks_of
from .budget import ENGINEERED_STEPS, work_of
from .lineage import UNREAD, UNUSED, identity
from .permutation import drops, shuffled_orders
from .proof import ProofError
from .raw_blocks import RawBlocks, parts_if_equal
from .repeating import AUTO, Repeats
from .rescoring import WholeModel
from .rows import ENGINEERED, GROUP, RAW, WHOLE, Column, Row, rows_of
from .scorings import Counter, score_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .lineage import Lineage
    from .methods import Task
    from .rescoring import Rescorer
    from .rows import Measure

PERMUTATION = "permutation"

ENGINEERED_BUDGET = 1000
"""Most scorings (columns times repeats) spent on the engineered space, which nobody asks for first.

A text column makes thousands of engineered columns, each to be scored `repeats` times.
"""

LOOKED_UP = 8
"""How many times quicker rows are at least expected to be looked up than predicted."""

_WORTH_COUNTING = 5_000_000
"""Shuffled rows up to which no model takes long."""

_ENGINEERED = "permutation importances of engineered columns"


class Permuting:
    """One run: the baseline and the orders are computed once and serve all spaces."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.repeats = Repeats(task.repeats)
        self.whole = WholeModel(task.anatomy.model, task.X, task.y, task.scorer)
        first = shuffled_orders(len(task.X), 1, task.seed)[0]
        self.blocks = blocks_of(task.anatomy, task.X, task.y, task.scorer, first)
        # The quick way scored what the model itself said.
        known = None if self.blocks is None else self.blocks.baseline
        self.baseline = _a_number(float(self.whole.baseline() if known is None else known))
        self.counter = Counter(task.progress, 0)
        self.pace = None if task.work is None else task.work.seconds(len(task.X))
        if self.pace is not None and self.blocks is not None and self.blocks.looks_up:
            self.pace /= LOOKED_UP
        lineage = task.anatomy.lineage
        self.lineage = identity(task.anatomy.raw) if lineage is None else lineage
        self.raw_rescorer = self._raw_rescorer()

    def _raw_rescorer(self) -> Rescorer:
        blocks, anatomy = self.blocks, self.task.anatomy
        if blocks is None:
            return self.whole
        parts = None
        if any(len(owners) > 1 for owners in self.lineage.owners):
            parts = parts_if_equal(anatomy.featurizer, self.task.X, blocks.matrix)
        return RawBlocks(blocks, self.lineage, parts, self.whole)

    def measure(
        self, rescorer: Rescorer, targets: Sequence[tuple[int, ...] | None], names: Sequence[str]
    ) -> Measure:
        """Measure targets; None stands for one that nothing reads, which keeps the baseline."""
        places = [i for i, target in enumerate(targets) if target is not None]
        wanted = [target for target in targets if target is not None]
        asked = [names[i] for i in places]
        scores: list[list[float]] = [[] for _ in targets]
        for start, stop in self.repeats.rounds():
            orders = shuffled_orders(len(self.task.X), stop, self.task.seed)[start:]
            if start:
                self.counter.grow(len(wanted) * len(orders))
            found = self._scored(rescorer, wanted, asked, orders)
            for place in range(len(targets)):
                scores[place] += [self.baseline] * len(orders)
            for place, values in zip(places, found):  # noqa: B905
                scores[place][start:] = values
            self.repeats.learn(drops(self.baseline, scores), names)
        return drops(self.baseline, scores)

    def raw_columns(self) -> list[Column]:
        """Describe the raw columns; those that nothing reads carry a note."""
        columns = self.lineage.raw_columns()
        if not isinstance(self.raw_rescorer, RawBlocks):
            return columns
        return [
            column if column.note or self.raw_rescorer.reads(i) else replace(column, note=UNREAD)
            for i, column in enumerate(columns)
        ]

    def _scored(
        self,
        rescorer: Rescorer,
        targets: Sequence[tuple[int, ...]],
        names: Sequence[str],
        orders: Sequence[NDArray[np.intp]],
    ) -> list[list[float]]:
        jobs = self.task.n_jobs
        try:
            return score_columns(
                rescorer, targets, names, orders, self.counter, jobs, pace=self.pace
            )
        except ProofError:
            # Raw columns come first, so that nothing was believed yet.
            if rescorer is not self.raw_rescorer:
                raise
            self.blocks, self.raw_rescorer = None, self.whole
            self.counter.grow(len(targets) * len(orders))
            return score_columns(self.whole, targets, names, orders, self.counter, jobs)


def permuted(task: Task) -> tuple[list[Row], list[tuple[str, str]], float, int]:
    """Measure all spaces.

    Returns
    -------
    rows, skipped, baseline, repeats
        `skipped` names the engineered space with the reason when it was left out, and says why
        there are no more repeats when their number was left to the method.
    """
    run = Permuting(task)
    used = [(i,) if read else None for i, read in enumerate(run.lineage.used().tolist())]
    together = sum(any(used[i] is not None for i in group) for group in _grouped(run))
    run.counter.grow((sum(target is not None for target in used) + together) * run.repeats.asked)
    reason = None if task.repeats == AUTO else _why_not_engineered(run, int(task.repeats))
    if reason == "" and run.blocks is not None and task.anatomy.featurizer is not None:
        run.counter.grow(len(run.lineage.engineered) * run.repeats.asked)
    measure = run.measure(run.raw_rescorer, used, run.lineage.raw)
    rows = rows_of(PERMUTATION, RAW, WHOLE, run.raw_columns(), measure)
    skipped = run.repeats.told()
    before = run.repeats.asked
    run.repeats.fix()
    run.counter.grow(together * (run.repeats.asked - before))
    groups = group_rows(run, used)
    if reason is None:
        reason = _why_not_engineered(run, run.repeats.made)
        run.counter.grow(0 if reason else len(run.lineage.engineered) * run.repeats.asked)
    engineered: list[Row] = []
    if reason:
        skipped.append((_ENGINEERED, reason))
    elif run.task.anatomy.featurizer is None or run.blocks is None:
        engineered = _as_engineered(rows)
    else:
        engineered = engineered_rows(run, run.lineage, run.blocks)
    return [*rows, *groups, *engineered], skipped, run.baseline, run.repeats.made


def group_rows(run: Permuting, used: Sequence[Any]) -> list[Row]:
    """Measure groups of raw columns, all columns of a group taken in the same order."""
    found = _grouped(run)
    targets = [
        tuple(columns) if any(used[i] is not None for i in columns) else None for columns in found
    ]
    if not targets:
        return []
    names = [name for name, _ in run.task.groups]
    columns = [
        Column(name, " + ".join(members), "" if target is not None else UNUSED)
        for (name, members), target in zip(run.task.groups, targets)  # noqa: B905
    ]
    return rows_of(
        PERMUTATION, GROUP, WHOLE, columns, run.measure(run.raw_rescorer, targets, names)
    )


def _grouped(run: Permuting) -> list[list[int]]:
    """List the positions of the columns of each group."""
    positions = {name: i for i, name in enumerate(run.lineage.raw)}
    return [[positions[name] for name in columns] for _, columns in run.task.groups]


def engineered_rows(run: Permuting, lineage: Lineage, blocks: Blocks) -> list[Row]:
    """Measure the columns of the featurized matrix."""
    targets = [(i,) for i in range(len(lineage.engineered))]
    measure = run.measure(blocks, targets, lineage.engineered)
    return rows_of(PERMUTATION, ENGINEERED, WHOLE, lineage.engineered_columns(), measure)


def _a_number(score: float) -> float:
    if math.isfinite(score):
        return score
    raise ValueError(f"the score of the unshuffled rows is {score}, so that nothing can drop")


def _as_engineered(rows: Sequence[Row]) -> list[Row]:
    """Repeat the rows for a model whose engineered columns are the raw ones."""
    return [replace(row, space=ENGINEERED) for row in rows]


def _why_not_engineered(run: Permuting, repeats: int) -> str:
    anatomy = run.task.anatomy
    if anatomy.lineage is None:
        return anatomy.untraced
    if anatomy.featurizer is None:
        return ""
    if run.blocks is None:
        return "the model could not be run on the featurized matrix alone with equal results"
    needed = len(anatomy.lineage.engineered) * repeats
    scorings = f"{len(anatomy.lineage.engineered)} columns times {repeats} repeats are {needed}"
    if needed > ENGINEERED_BUDGET:
        return f"{scorings} scorings, more than the {ENGINEERED_BUDGET} set for this space"
    rows = len(run.task.X)
    if needed * rows > _WORTH_COUNTING and _engineered_steps(run, repeats) > ENGINEERED_STEPS:
        return f"{scorings} scorings of {rows:,} rows, more work than is set for this space"
    return ""


def _engineered_steps(run: Permuting, repeats: int) -> float:
    try:
        work = work_of(run.task.anatomy, run.task.X, repeats)
    except Exception:  # noqa: BLE001 - a model that can't be counted
        return 0.0
    return repeats * work.engineered * len(run.task.X)
