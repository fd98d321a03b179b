"""The model a script trains: featurizer, preprocessors, estimators, ensemble."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from codegen_fi.model.values import Arguments


@dataclass(frozen=True, slots=True)
class Component:
    """One object of the pipeline: a class and the arguments the script gives it.

    Attributes
    ----------
    name
        Class name, ``LGBMClassifier``.
    module
        Where the script imports it from; None when it never does (a defect of the generator
        for steps nested in a model).
    arguments
        Keyword arguments in the order of the script.
    line
        First line of the call, counted from 1.
    steps
        The named steps when the component is itself a pipeline, else empty.
    """

    name: str
    module: str | None
    arguments: Arguments
    line: int
    steps: tuple[tuple[str, Component], ...] = ()

    def leaves(self) -> Iterator[Component]:
        """Yield the component, or the steps of a nested pipeline in its place."""
        if not self.steps:
            yield self
        for _, step in self.steps:
            yield from step.leaves()


@dataclass(frozen=True, slots=True)
class Mapper:
    """One group of columns that share a chain of transformers.

    Attributes
    ----------
    name
        Step name in the feature union, ``mapper_0``; the function's name where there is one mapper.
    function
        Name of the function that builds it.
    columns
        One tuple of raw column names per entry; most hold one name.
    as_frame
        True where the transformers see a one-column frame, False where they see a series.
    transformers
        The chain, in order.
    line
        First line of the function.
    """

    name: str
    function: str
    columns: tuple[tuple[str, ...], ...]
    as_frame: bool
    transformers: tuple[Component, ...]
    line: int

    def names(self) -> tuple[str, ...]:
        """Return the raw columns it reads, in order of first use."""
        return tuple(dict.fromkeys(name for entry in self.columns for name in entry))


@dataclass(frozen=True, slots=True)
class Learner:
    """A preprocessor (if any) and the estimator behind it."""

    preprocessor: Component | None
    algorithm: Component


@dataclass(frozen=True, slots=True)
class Member:
    """One learner of an ensemble, with its voting weight (None in a stack)."""

    name: str
    learner: Learner
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Ensemble:
    """A voting or stacking ensemble."""

    kind: Literal["voting", "stacking"]
    component: Component
    members: tuple[Member, ...]
    meta_learner: Component | None = None


@dataclass(frozen=True, slots=True)
class TimeSeries:
    """How a forecaster sees its data.

    Attributes
    ----------
    time_column
        The column that orders the rows.
    series_columns
        The columns that tell the series apart; empty for a single series.
    features
        The further raw columns it reads.
    dropped
        Raw columns it leaves out.
    horizon
        How many periods are forecast.
    frequency
        Length of a period, as pandas names it; None where it is found in the data.
    seasonality
        Periods of a season.
    lags
        Columns whose earlier values become features, each with its lags in periods; None stands
        for the target.
    window
        Periods of the rolling window over the target; None without one.
    country
        Whose holidays become features; None without them.
    steps
        The transformers by the name of their step, in order.
    line
        First line of the function that builds them.
    """

    time_column: str
    series_columns: tuple[str, ...]
    features: tuple[str, ...]
    dropped: tuple[str, ...]
    horizon: int | None
    frequency: str | None
    seasonality: int | None
    lags: tuple[tuple[str | None, tuple[int, ...]], ...]
    window: int | None
    country: str | None
    steps: tuple[tuple[str, Component], ...]
    line: int

    def columns(self) -> tuple[str, ...]:
        """Return the raw columns it reads: time, series, features."""
        return tuple(dict.fromkeys([self.time_column, *self.series_columns, *self.features]))


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Everything between the raw columns and the prediction.

    ``featurized`` is False when AutoML ran with featurization off: the estimator then sees the
    columns of the data as they are.  Exactly one of ``learner`` and ``ensemble`` is set.  A
    forecaster has ``time_series`` and no mappers.
    """

    step_names: tuple[str, ...]
    featurized: bool
    mappers: tuple[Mapper, ...]
    learner: Learner | None
    ensemble: Ensemble | None
    y_transformer: Component | None
    time_series: TimeSeries | None = None

    def columns(self) -> tuple[str, ...]:
        """Return the raw columns the featurizer reads, in order of first use."""
        return self.time_series.columns() if self.time_series else _names(self.mappers)

    def columns_through(self, class_name: str) -> tuple[str, ...]:
        """Return the raw columns that pass through a transformer of this class."""
        return _names(m for m in self.mappers if any(t.name == class_name for t in m.transformers))

    def learners(self) -> tuple[Learner, ...]:
        """Return the single learner, or the ensemble's members in order."""
        if self.learner is not None:
            return (self.learner,)
        return tuple(m.learner for m in self.ensemble.members) if self.ensemble else ()

    def components(self) -> Iterator[Component]:
        """Yield every component of the pipeline, nested ones included."""
        for mapper in self.mappers:
            yield from mapper.transformers
        if self.time_series is not None:
            for _, step in self.time_series.steps:
                yield from step.leaves()
        for learner in self.learners():
            if learner.preprocessor is not None:
                yield from learner.preprocessor.leaves()
            yield from learner.algorithm.leaves()
        if self.ensemble is not None:
            yield self.ensemble.component
            if self.ensemble.meta_learner is not None:
                yield self.ensemble.meta_learner
        if self.y_transformer is not None:
            yield self.y_transformer


def _names(mappers: Iterable[Mapper]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for mapper in mappers for name in mapper.names()))
