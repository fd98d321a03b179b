"""The methods by name; a new one is a function and a line in the table."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .forecasting import Forecaster, native_of_forecaster, permuted_forecaster
from .native.read import read_steps
from .native.reading import Inputs
from .native.rows import NATIVE, native_rows
from .native.signs import class_names
from .permuting import PERMUTATION, permuted
from .rows import WHOLE, Row, reason_row
from .shap.method import explained_by_shap
from .shap.rows import SHAP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .anatomy import Anatomy
    from .budget import Work

AUTO = "auto"
NONE = "none"


@dataclass(frozen=True)
class Task:
    """What every method is given: the model's parts, the rows, and how to score."""

    anatomy: Anatomy
    X_train: Any
    y_train: Any
    X: Any
    y: Any
    scorer: Callable[..., float]
    repeats: int | str
    seed: int
    n_jobs: int
    progress: Callable[[int, int, str], object] | None
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    work: Work | None = None


@dataclass(frozen=True)
class Outcome:
    """What a method found, what it left out on purpose, and why it failed if it did."""

    rows: list[Row]
    skipped: list[tuple[str, str]] = field(default_factory=list)
    baseline: float | None = None
    repeats: int | None = None
    failure: str | None = None
    deviation: float | None = None


def native(task: Task) -> Outcome:
    """Read what the model itself says of the training rows' columns."""
    anatomy = task.anatomy
    if isinstance(anatomy.model, Forecaster):
        return Outcome(*native_of_forecaster(task))
    inputs = Inputs(lambda: task.X_train)
    if anatomy.featurizer is not None:
        inputs = inputs.through(anatomy.featurizer)
    reading = read_steps(anatomy.steps, inputs)
    skipped = []
    if anatomy.lineage is None:
        skipped.append(("native importances of raw columns", anatomy.untraced))
    rows = native_rows(reading, anatomy.lineage, classes=class_names(anatomy.model))
    return Outcome(rows, skipped)


def permutation(task: Task) -> Outcome:
    """Shuffle one column at a time and score again."""
    is_forecaster = isinstance(task.anatomy.model, Forecaster)
    measure = permuted_forecaster if is_forecaster else permuted
    found = Outcome(*measure(task))
    lacking = [row for row in found.rows if _lacks(row)]
    rows = [_explained(row) if _lacks(row) else row for row in found.rows]
    failure = _NO_NUMBER if lacking and all(row.rank is None for row in rows) else None
    return replace(found, rows=rows, failure=failure)


_NO_NUMBER = "the score of shuffled rows is no number"


def _lacks(row: Row) -> bool:
    return bool(row.feature) and math.isnan(row.importance)


def _explained(row: Row) -> Row:
    return replace(row, note="; ".join(note for note in (row.note, _NO_NUMBER) if note))


def shap(task: Task) -> Outcome:
    """Add up what each column contributes to each prediction."""
    if isinstance(task.anatomy.model, Forecaster):
        reason = "the contributions of time series features can't be traced to columns of the data"
        return Outcome([reason_row(SHAP, WHOLE, reason)], [("shap importances", reason)])
    found = explained_by_shap(task)
    return Outcome(found.rows, found.skipped, failure=found.failure, deviation=found.deviation)


METHODS: dict[str, Callable[[Task], Outcome]] = {
    NATIVE: native,
    PERMUTATION: permutation,
    SHAP: shap,
}
_OF_AUTO = (NATIVE, PERMUTATION)


def resolved(methods: Sequence[str]) -> tuple[str, ...]:
    """Replace `auto` by what it stands for and drop repeats.

    Raises
    ------
    ValueError
        For an unknown method, and for `none` beside another one.
    """
    asked = [methods] if isinstance(methods, str) else list(methods)
    for name in asked:
        _known(name)
    if NONE in asked and set(asked) != {NONE}:
        raise ValueError(f"{NONE!r} can't go together with {', '.join(asked)}")
    expanded = [name for ask in asked for name in (_OF_AUTO if ask == AUTO else (ask,))]
    return tuple(dict.fromkeys(name for name in expanded if name != NONE))


def _known(name: str) -> None:
    if name not in METHODS and name not in (AUTO, NONE):
        names = ", ".join((AUTO, *METHODS, NONE))
        raise ValueError(f"unknown importance method {name!r}; choose from {names}")
