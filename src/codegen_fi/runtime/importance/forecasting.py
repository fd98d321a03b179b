"""Importances of a forecaster of the official packages.

Its rows hang together: time and series columns say which row follows which, so shuffling them
makes other series instead of other values.  The rest are columns like any other, shuffled in the
rows that are forecast.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .anatomy import Anatomy, steps_of
from .compat import pairs
from .lineage import column_names
from .native.read import read_steps
from .native.reading import Inputs
from .native.rows import native_rows
from .permutation import drops, shuffled_orders
from .permuting import PERMUTATION
from .repeating import Repeats
from .rescoring import WholeModel
from .rows import RAW, WHOLE, Column, reason_row, rows_of
from .scorings import Counter, score_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .methods import Task
    from .rows import Row

_UNTRACED = "the official packages don't tell which columns their time series features come from"
_NOT_SHUFFLED = "not shuffled: it tells which row follows which"
_NO_LATER_ROWS = "a forecaster is scored on rows after those it was trained on, and there are none"
_LOGGER = "azureml.training.tabular"


class Forecaster:
    """A fitted forecaster that predicts as other models do.

    Parameters
    ----------
    model : forecasting pipeline of the official packages
        Refuses ``predict``; its ``forecast`` continues the series it was trained on.
    """

    _estimator_type = "regressor"

    def __init__(self, model: Any) -> None:
        self.model = model
        self.steps = model.steps

    def __sklearn_tags__(self) -> Any:
        """Describe it as a regressor to the scorers of scikit-learn from 1.6 on."""
        from sklearn.dummy import DummyRegressor

        return DummyRegressor().__sklearn_tags__()

    def predict(self, X: Any) -> Any:
        """Forecast the rows, in their order."""
        forecast, _ = self.model.forecast(X)
        return np.asarray(forecast)

    def keys(self) -> tuple[str, ...]:
        """Name the columns of the time and of the series."""
        featurizer = steps_of(self)[0]
        return (str(featurizer.time_column_name), *map(str, featurizer.grain_column_names or ()))

    def features(self, X: Any, y: Any) -> Any:
        """Compute the frame the model behind the featurizer was trained on."""
        featurizer = steps_of(self)[0]
        frame = featurizer.transform(X, y)
        return frame.drop(columns=featurizer.target_column_name, errors="ignore")


def is_forecaster(model: Any) -> bool:
    """Tell a forecasting pipeline of the official packages."""
    return hasattr(model, "forecast") and hasattr(steps_of(model)[0], "time_column_name")


def take_forecaster_apart(model: Any, X: Any) -> Anatomy:
    """Find the parts of a forecaster, given data with its columns."""
    featurizer, *steps = steps_of(model)
    return Anatomy(Forecaster(model), featurizer, tuple(steps), column_names(X), None, _UNTRACED)


def native_of_forecaster(task: Task) -> tuple[list[Row], list[tuple[str, str]]]:
    """Read what the model says of the features that the featurizer made."""
    with _quiet():
        frame = task.anatomy.model.features(task.X_train, task.y_train)
        reading = read_steps(task.anatomy.steps, Inputs(lambda: frame))
    columns = [Column(str(c), str(c) if c in task.anatomy.raw else "") for c in frame.columns]
    rows = native_rows(reading, None, columns=columns)
    return rows, [("native importances of raw columns", _UNTRACED)]


def permuted_forecaster(
    task: Task,
) -> tuple[list[Row], list[tuple[str, str]], float | None, int | None]:
    """Measure the columns of the data by shuffling them in the rows that are forecast."""
    # Without rows to validate on these are the training rows themselves.
    if task.X is task.X_train:
        reason = [reason_row(PERMUTATION, WHOLE, _NO_LATER_ROWS)]
        return reason, [("permutation importances", _NO_LATER_ROWS)], None, None
    names = task.anatomy.raw
    keys = task.anatomy.model.keys()
    columns = [i for i, name in enumerate(names) if name not in keys]
    with _quiet():
        whole = WholeModel(task.anatomy.model, task.X, task.y, task.scorer)
        baseline = float(whole.baseline())
        if not np.isfinite(baseline):
            raise ValueError(f"the score of the unshuffled rows is {baseline}")
        repeats = Repeats(task.repeats)
        repeats.fix()
        orders = shuffled_orders(len(task.X), repeats.asked, task.seed)
        counter = Counter(task.progress, len(columns) * repeats.asked)
        targets, asked = [(i,) for i in columns], [names[i] for i in columns]
        found = score_columns(whole, targets, asked, orders, counter, task.n_jobs)
        scores = dict(pairs(columns, found))
    return _rows(names, columns, scores, baseline, repeats.asked), [], baseline, repeats.asked


def _rows(
    names: Sequence[str],
    columns: Sequence[int],
    scores: dict[int, list[float]],
    baseline: float,
    repeats: int,
) -> list[Row]:
    unknown = [float("nan")] * repeats
    measure = drops(baseline, [scores.get(i, unknown) for i in range(len(names))])
    notes = ["" if i in columns else _NOT_SHUFFLED for i in range(len(names))]
    described = [Column(name, name, notes[i]) for i, name in enumerate(names)]
    rows = rows_of(PERMUTATION, RAW, WHOLE, described, measure)
    return [replace(row, share=row.importance) if row.rank is None else row for row in rows]


@contextmanager
def _quiet() -> Iterator[None]:
    """Leave out the line that the featurizer logs for each of its steps, in each forecast."""
    logger = logging.getLogger(_LOGGER)
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)
