"""Hand the sample weights to the estimator, and the held-out rows' weights to the metrics.

The generated ``train_model`` is given the weights and leaves them at that; the metrics are given
the weights of all rows with the rows held out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from codegen_fi.errors import UsageError
from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.flow import arguments_of, training_of
from codegen_fi.parse.script import Script
from codegen_fi.rewrite.arguments import given
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.weights import (
    FIX,
    Place,
    Scoring,
    fits_of,
    misscored,
    parameter_of,
    path_of,
    unweighable,
)

_FIT = "The generator leaves the weights out here; now the estimator is fitted with them."
_METRICS = "The metrics get the weights of the rows they are computed on, not those of all rows."


def plan(script: Script) -> Iterator[Edit]:
    """Add the weights to the call of fit, and correct those of the metrics."""
    _refuse_unweighable(script)
    yield _fit(script, *_what_to_fit(script))
    for scoring in misscored(script):
        yield _metrics(script, scoring)


def _refuse_unweighable(script: Script) -> None:
    if script.model.weight_column is None:
        raise _not_for(script, None, "this script has no sample weights")
    for estimator in unweighable(script):
        raise _not_for(script, estimator.line, f"{estimator.name} can't be fitted with weights")
    ensemble = script.model.pipeline.ensemble
    if ensemble is not None and script.options.runtime == "azureml":
        raise _not_for(
            script,
            ensemble.component.line,
            f"the official {ensemble.component.name} can't hand weights to its members (the "
            "portable runtime's can)",
        )


def _not_for(script: Script, line: int | None, found: str) -> UsageError:
    where = script.name if line is None else f"{script.name}, line {line}"
    return UsageError(f"{where}: {found}. Leave out --fix {FIX}.")


def _what_to_fit(script: Script) -> tuple[Place, str]:
    """Return the call to change and the parameter that holds the weights."""
    training = training_of(script.source)
    parameter = parameter_of(script)
    passed = arguments_of(script.source, training.statement.syntax.value, dialects.TRAIN)  # type: ignore[attr-defined]
    if parameter is None or parameter not in passed:
        raise refusal(
            script.name,
            training.statement.line,
            f"{dialects.TRAIN}() should be given the sample weights here. "
            f"Pass them, or leave out --fix {FIX}.",
        )
    found = fits_of(script)
    if len(found) != 1:
        raise refusal(
            script.name,
            script.functions[dialects.TRAIN].statement.line,
            f"{dialects.TRAIN}() should fit its rows once and without weights, but does so "
            f"{len(found)} times. Leave out --fix {FIX}.",
        )
    return found[0], parameter


def _fit(script: Script, place: Place, parameter: str) -> Edit:
    path = path_of(script)
    if not path.isidentifier():
        raise refusal(
            script.name,
            place.statement.line,
            f"a step whose name is no Python name can't be handed weights. Leave out --fix {FIX}.",
        )
    owner = script.functions[dialects.TRAIN].statement
    edit = given(script, owner, place.statement, place.call, {}, {path: parameter}, why=_FIT)
    behaviour = (
        f"The model is trained with the sample weights of column {script.model.weight_column!r}, "
        "so it is another one than the script as generated trains."
    )
    return replace(edit, changes=tuple(replace(c, behaviour=behaviour) for c in edit.changes))


def _metrics(script: Script, scoring: Scoring) -> Edit:
    place = scoring.place
    if scoring.held_out is None:
        raise refusal(
            script.name,
            place.statement.line,
            f"nothing here tells the weights of the rows that {dialects.METRICS}() scores on. "
            f"Assign them beside the rows and the target, or leave out --fix {FIX}.",
        )
    owner = script.functions[dialects.MAIN].statement
    changed: dict[ast.expr, str] = {scoring.weights: scoring.held_out}
    return given(script, owner, place.statement, place.call, changed, why=_METRICS)


RULE = Rule(
    "weigh-training-rows",
    "fit that leaves the weights out",
    Arity(at_least=1),
    plan,
    why="Sample weights are read and then ignored: the model should be trained with them.",
    fix=FIX,
)
