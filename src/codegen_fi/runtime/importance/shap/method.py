"""The method `shap`: contributions of the rows, rolled up to the columns of the data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..native.reading import Inputs
from ..native.signs import class_names
from ..rows import WHOLE, Row
from .agnostic import by_trying, drawn
from .contributions import Given, NoContributionsError, is_classifier
from .read import explained_steps
from .rows import all_found, raw_rows, said, shap_rows
from .trees import HOW_TO_INSTALL

if TYPE_CHECKING:
    from ..methods import Task
    from .contributions import Explained

MOST_ROWS = 10_000
MOST_VALUES = 20_000_000
"""Contributions kept at a time: rows times engineered columns times classes."""

FEWEST_ROWS = 100
_INSTEAD = f"{HOW_TO_INSTALL}. What the columns add was tried out instead"


@dataclass(frozen=True)
class Shap:
    """What the method found.

    Attributes
    ----------
    rows : list of Row
    skipped : list of (str, str)
    deviation : float or None
        Largest difference between an output and the sum that explains it.
    failure : str or None
        Set when nothing could be explained for lack of a package.
    """

    rows: list[Row]
    skipped: list[tuple[str, str]] = field(default_factory=list)
    deviation: float | None = None
    failure: str | None = None


def explained_by_shap(task: Task) -> Shap:
    """Explain the rows and roll their contributions up."""
    anatomy = task.anatomy
    classes = class_names(anatomy.model)
    given = _given(task, len(classes))
    sampled = _sampling(given.rows.matrix().shape[0], len(task.X))
    result = explained_steps(anatomy.steps, given)
    remarks = "; ".join(part for part in (_turned_back(anatomy.model), sampled) if part)
    rows = shap_rows(result, anatomy.lineage, classes, remarks)
    skipped = [("rows", f"shap explained {sampled}")] if sampled else []
    deviations = [found.deviation() for found in all_found(result)]
    failure = None
    if result.found is None:
        rows, failure, tried = _whole_by_trying(task, given, result, rows, classes, deviations)
        skipped += [("rows", f"shap explained the whole model on {tried}")] if tried else []
        if result.lacks_package and failure is None:
            skipped.append(("contributions along the paths of trees", _INSTEAD))
    if anatomy.lineage is None:
        skipped.append(("shap importances of raw columns", anatomy.untraced))
    return Shap(rows, skipped, max(deviations, default=None), failure)


def _whole_by_trying(
    task: Task,
    given: Given,
    result: Explained,
    rows: list[Row],
    classes: list[str],
    deviations: list[float],
) -> tuple[list[Row], str | None, str]:
    """Replace the reason that opens the rows by importances found by trying, where it can be."""
    anatomy = task.anatomy
    try:
        found, used = by_trying(anatomy, given, task.seed)
    except NoContributionsError as error:
        failure = HOW_TO_INSTALL if result.lacks_package else None
        return _also(rows, f"nor could its columns be tried out: {error}"), failure, ""
    deviations.append(found.deviation())
    assert anatomy.lineage is not None  # noqa: S101
    sampled = _sampling(len(used), len(task.X))
    note = said(found, classes, sampled)
    whole = raw_rows(found, anatomy.lineage.raw_columns(), classes, note, WHOLE)
    return [*whole, *rows[1:]], None, sampled


def _also(rows: list[Row], reason: str) -> list[Row]:
    from dataclasses import replace

    first = rows[0]
    if reason in first.note:
        return rows
    return [replace(first, note=f"{first.note}; {reason}"), *rows[1:]]


def _turned_back(model: Any) -> str:
    """Say when a regressor's predictions are not yet those that its pipeline gives."""
    transformer = getattr(model, "y_transformer", None)
    if transformer is None or is_classifier(model):
        return ""
    return f"before {type(transformer).__name__} turns it back into the target"


def _given(task: Task, classes: int) -> Given:
    """Featurize the rows to explain, no more than the budget allows, and the training rows."""
    rows = drawn(len(task.X), MOST_ROWS, task.seed)
    entering = Inputs(lambda: _taken(task.X, rows)) if len(rows) < len(task.X) else None
    training = Inputs(lambda: task.X_train)
    if entering is None:
        entering = training if task.X is task.X_train else Inputs(lambda: task.X)
    given = Given(entering, training)
    if task.anatomy.featurizer is not None:
        given = given.through(task.anatomy.featurizer)
    matrix = given.rows.matrix()
    fewer = drawn(matrix.shape[0], _affordable(matrix.shape[1], classes), task.seed)
    if len(fewer) == matrix.shape[0]:
        return given
    return Given(Inputs(lambda: _taken(matrix, fewer)), given.training)


def _affordable(columns: int, classes: int) -> int:
    values = max(columns, 1) * max(classes, 1)
    return max(FEWEST_ROWS, min(MOST_ROWS, MOST_VALUES // values))


def _sampling(used: int, available: int) -> str:
    return "" if used == available else f"{used:,} of {available:,} rows"


def _taken(matrix: Any, rows: Any) -> Any:
    return matrix.iloc[rows] if hasattr(matrix, "iloc") else matrix[rows]
