"""A script in words, for the README, the notebook and the terminal."""

from __future__ import annotations

from dataclasses import dataclass

from codegen_fi.model.pipeline import Learner, Pipeline
from codegen_fi.model.script import TrainingScript, Validation


@dataclass(frozen=True)
class Description:
    """Short texts about a script; they hold names from it and must be escaped."""

    model: str
    members: tuple[str, ...]
    validation: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


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
    )


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
    return f"cross-validation with {validation.folds} folds{drawn} (the last fold's model is kept)"
