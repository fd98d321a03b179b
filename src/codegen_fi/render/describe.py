"""A script in words, for the README, the notebook and the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from codegen_fi.model.pipeline import Learner, Pipeline, TimeSeries
from codegen_fi.model.script import TrainingScript, Validation


@dataclass(frozen=True)
class Description:
    """Short texts about a script; they hold names from it and must be escaped.

    ``rows`` are what else is to be told, each with its name: a forecaster's view of its data.
    """

    model: str
    members: tuple[str, ...]
    validation: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[tuple[str, str], ...] = ()


def describe(script: TrainingScript) -> Description:
    """Put a script's model, validation and column groups in words."""
    pipeline = script.pipeline
    return Description(
        model=_model(pipeline),
        members=_members(pipeline),
        validation=_validation(script.validation),
        groups=tuple(
            (", ".join(t.name for t in mapper.transformers), mapper.names())
            for mapper in pipeline.mappers
        ),
        rows=_time_series(pipeline.time_series) if pipeline.time_series else (),
    )


def _time_series(series: TimeSeries) -> tuple[tuple[str, str], ...]:
    lags = (f"{name or 'target'} {', '.join(map(str, of))}" for name, of in series.lags)
    rows = (
        ("time", series.time_column),
        ("series told apart by", ", ".join(series.series_columns) or "nothing: one series"),
        ("forecast", f"{series.horizon or 'unknown number of'} periods"),
        ("period", series.frequency or "found in the data"),
        ("season", f"{series.seasonality} periods" if series.seasonality else ""),
        ("columns", ", ".join(series.features)),
        ("left out", ", ".join(series.dropped)),
        ("lags", "; ".join(lags)),
        ("rolling window", f"{series.window} periods of the target" if series.window else ""),
        ("holidays", series.country or ""),
        ("featurizer", ", ".join(component.name for _, component in series.steps)),
    )
    return tuple((name, text) for name, text in rows if text)


def _model(pipeline: Pipeline) -> str:
    if pipeline.ensemble is not None:
        count = len(pipeline.ensemble.members)
        return f"{pipeline.ensemble.kind} ensemble of {count} model{'s' * (count != 1)}"
    return _learner(pipeline.learner) if pipeline.learner else "no model"


def _members(pipeline: Pipeline) -> tuple[str, ...]:
    if pipeline.ensemble is None:
        return ()
    lines = []
    for member in pipeline.ensemble.members:
        weight = "" if member.weight is None else f", weight {member.weight:g}"
        lines.append(f"{_learner(member.learner)}{weight}")
    if pipeline.ensemble.meta_learner is not None:
        lines.append(f"meta learner {pipeline.ensemble.meta_learner.name}")
    return tuple(lines)


def _learner(learner: Learner) -> str:
    steps = [learner.preprocessor] if learner.preprocessor else []
    return " + ".join(c.name for step in [*steps, learner.algorithm] for c in step.leaves())


def _validation(validation: Validation) -> str:
    texts = {
        "split": f"{validation.ratio or 0:.0%} of the rows held out",
        "dataset": "a second dataset",
        "cross_validation": _folds(validation),
    }
    text = texts[validation.kind]
    if validation.test_ratio:
        text += f", after {validation.test_ratio:.0%} of the rows were set aside for testing"
    return text


def _folds(validation: Validation) -> str:
    drawn = f" of {validation.ratio:.0%} of the rows each" if validation.ratio else ""
    if validation.step:
        drawn = f", {validation.step} periods apart"
    if validation.folds is None:
        return f"cross-validation{drawn} (the last fold's model is kept)"
    return f"cross-validation with {validation.folds} folds{drawn} (the last fold's model is kept)"
