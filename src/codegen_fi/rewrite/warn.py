"""What the script does that its user should know; rewriting leaves it as it is."""

from __future__ import annotations

from collections.abc import Iterator

from codegen_fi.model.changes import Warned
from codegen_fi.model.hidden import without_secrets
from codegen_fi.parse import dialects
from codegen_fi.parse.flow import training_of
from codegen_fi.parse.script import Script
from codegen_fi.rewrite.requirements import unknown_packages


def warnings_of(script: Script) -> tuple[Warned, ...]:
    """Return the generator's known oddities that this script has.

    Each was measured on scripts of SDK 1.62: weights reach ``train_model`` but not ``fit``; after
    a cross-validation the model of the last fold is kept; the official stacking trains its
    meta-learner on zeros for all members but the last.
    """
    return tuple(_found(script))


def _found(script: Script) -> Iterator[Warned]:
    model = script.model
    train = script.functions.get(dialects.TRAIN)
    if model.weight_column is not None:
        yield Warned(
            train.statement.line if train else None,
            f"The sample weights of column {model.weight_column!r} are read but never used: "
            f"{dialects.TRAIN}() is given them and doesn't pass them to fit().",
        )
    if model.weight_column is not None and model.task == "regression":
        metrics = script.functions.get(dialects.METRICS)
        yield Warned(
            metrics.statement.line if metrics else None,
            "The metrics are given the sample weights of all rows but only the rows held out, so "
            "those that use weights have no value.",
        )
    if model.validation.kind == "cross_validation":
        yield Warned(
            training_of(script.source).statement.line,
            "The saved model is trained on the last fold's training rows, not on all rows; the "
            "metrics are means over the folds.",
        )
    if model.pipeline.ensemble is not None and model.pipeline.ensemble.kind == "stacking":
        yield Warned(
            model.pipeline.ensemble.component.line,
            "The official runtime trains the meta-learner on zeros for every member but the last; "
            "the portable one stacks all members, so weights and metrics differ from the run's.",
        )
    for dataset in model.datasets:
        if dataset.value and without_secrets(dataset.value) != dataset.value:
            yield Warned(
                dataset.line,
                "The script's default address of its data carries a signature; script.py and "
                "changes.diff hold it as it came. Take it out of both before you pass the folder "
                "on.",
            )
    for package, line in unknown_packages(script).items():
        yield Warned(
            line,
            f"This script imports {package}, which generated scripts don't: add it to "
            "requirements.txt if it isn't a file of yours.",
        )
