"""What came out of a training: metrics, the confusion matrix, predictions."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Any

from ..importance.save import write_whole
from .table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ..local_run import LocalRun

_MOST_CLASSES = 30
_MOST_PROBABILITIES = 6
_SHOWN = 10
_FORECASTS = 30
_CONFUSION = "confusion_matrix"


def metrics(run: LocalRun, first: str | None = None) -> Table:
    """Show the metrics that a run has logged as numbers.

    Parameters
    ----------
    run : LocalRun
    first : str, optional
        The metric to begin with.
    """
    names = _ordered(run.metrics, first)
    return Table(["metric", "value"], [[name, _known(run.metrics[name])] for name in names])


def compared_metrics(
    before: Mapping[str, Any], after: Mapping[str, Any], first: str | None = None
) -> Table:
    """Show the metrics of two models side by side.

    Parameters
    ----------
    before, after : mapping
        Numbers by name; others are left out.
    first : str, optional
        The metric to begin with.
    """
    both = [name for name in _ordered(before, first) if _numbers(before[name], after.get(name))]
    rows = [
        [name, before[name], after[name], f"{after[name] - before[name]:+.4g}"] for name in both
    ]
    return Table(["metric", "original", "changed", "difference"], rows)


def confusion(run: LocalRun) -> Table:
    """Show how often rows of each class were taken for which; nothing where it isn't known.

    Parameters
    ----------
    run : LocalRun
    """
    logged = run.tables.get(_CONFUSION)
    data = logged.get("data", {}) if isinstance(logged, dict) else {}
    labels, matrix = data.get("class_labels"), data.get("matrix")
    if labels is None or matrix is None:
        return Table([], [])
    if len(labels) > _MOST_CLASSES:
        return Table([], [], above=[f"The confusion matrix of {len(labels)} classes is saved."])
    rows = [[label, *(_count(n) for n in row)] for label, row in zip(labels, matrix)]  # noqa: B905
    heads = ["actual \\ predicted", *map(str, labels)]
    return Table(heads, rows)


def predictions(
    run: LocalRun, model: Any, rows: Any, actual: Any = None, *, save: bool = False
) -> Table:
    """Predict rows, and show the first with the probabilities of their classes.

    Parameters
    ----------
    run : LocalRun
    model : fitted estimator
    rows : DataFrame of shape (rows, columns)
    actual : array of shape (rows,), optional
        The labels, where they are known.
    save : bool
        Write all of them to ``predictions.csv`` among the outputs.
    """
    columns: dict[str, Sequence[Any]] = {"predicted": list(model.predict(rows))}
    if actual is not None:
        columns["actual"] = list(actual)
    columns.update(_probabilities(model, rows))
    lines = [list(line) for line in zip(*columns.values())]  # noqa: B905
    below = _rest(lines, _SHOWN)
    if save:
        path = write_whole(run.outputs / "predictions.csv", _csv([list(columns), *lines]))
        below.append(f"{len(lines):,} predictions are in {path}.")
    return Table(list(columns), lines[:_SHOWN], below=below)


def forecast(predicted: Any, actual: Any) -> Table:
    """Show the first forecasts beside what came.

    Parameters
    ----------
    predicted, actual : array of shape (periods,)
    """
    lines = list(zip(predicted, actual))  # noqa: B905
    return Table(["forecast", "actual"], lines[:_FORECASTS], below=_rest(lines, _FORECASTS))


def _rest(lines: Sequence[Any], shown: int) -> list[str]:
    return [f"and {len(lines) - shown:,} more rows"] if len(lines) > shown else []


def _probabilities(model: Any, rows: Any) -> dict[str, Sequence[Any]]:
    if not hasattr(model, "predict_proba"):
        return {}
    found: Any = model.predict_proba(rows)
    by_class: NDArray[np.float64] = found.to_numpy() if hasattr(found, "to_numpy") else found
    if by_class.shape[1] > _MOST_PROBABILITIES:
        return {"probability": list(by_class.max(axis=1))}
    return {f"P({name})": list(by_class[:, i]) for i, name in enumerate(model.classes_)}


def _csv(lines: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue().encode("utf-8", "backslashreplace")


def _ordered(found: Mapping[str, Any], first: str | None) -> list[str]:
    names = sorted(found, key=str.lower)
    wanted = (first or "").lower()
    return sorted(names, key=lambda name: name.lower() != wanted)


def _known(value: Any) -> Any:
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    return "not defined" if missing else value


def _numbers(*values: Any) -> bool:
    return all(isinstance(value, (int, float)) for value in values)


def _count(value: float) -> float:
    return int(value) if float(value).is_integer() else value
