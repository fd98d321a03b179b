"""Train the final model of a cross-validation on all rows.

The generator trains it once more on the training rows of the last fold, so that a fold's rows
never reach the model that is kept.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from codegen_fi.errors import UsageError
from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.flow import training_of
from codegen_fi.parse.script import Script
from codegen_fi.rewrite.all_rows import FIX, folds_of
from codegen_fi.rewrite.arguments import given
from codegen_fi.rewrite.dataflow import bound
from codegen_fi.rewrite.engine import Arity, Edit, Rule

_WHY = "The kept model learns from all rows, not from the last fold's training rows only."
_BEHAVIOUR = (
    "The model is trained on all rows after the cross-validation. No rows are held out from it, so "
    "its importances are of rows it was trained on; the metrics stay the means over the folds."
)
_FORECASTING = (
    " A forecaster is scored on later rows than it was trained on, so it has no permutation "
    "importances."
)
_OTHER = {
    "split": "this script holds rows out once and explains the model on them",
    "dataset": "this script trains on all rows of its training table already",
    "cross_validation": "this script's cross-validation isn't a loop over apply_CV_splits()",
}


def plan(script: Script) -> Iterator[Edit]:
    """Give the final training call the rows that the folds are parts of."""
    folds = folds_of(script)
    if folds is None:
        raise _not_for(script, None, _OTHER[script.model.validation.kind])
    training = training_of(script.source)
    line = training.statement.line
    if training.features not in folds.whole:
        raise _not_for(script, line, f"the final model is trained on {training.features} already")
    call = training.statement.syntax.value  # type: ignore[attr-defined]
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    whole = {v: folds.whole[text] for v in values if (text := ast.unparse(v)) in folds.whole}
    main = script.functions[dialects.MAIN]
    between = [s for s in main.body if folds.statement.line <= s.line < line]
    lost = sorted(set(whole.values()) & {name for s in between for name in bound(s.syntax)})
    if lost:
        raise refusal(
            script.name,
            folds.statement.line,
            f"{', '.join(lost)} should hold all rows up to the final training, but is assigned "
            f"again. Use another name there, or leave out --fix {FIX}.",
        )
    edit = given(script, main.statement, training.statement, call, whole, why=_WHY)
    behaviour = _BEHAVIOUR
    if script.model.task == "forecasting":
        behaviour += _FORECASTING
    yield replace(edit, changes=tuple(replace(c, behaviour=behaviour) for c in edit.changes))


def _not_for(script: Script, line: int | None, found: str) -> UsageError:
    where = script.name if line is None else f"{script.name}, line {line}"
    return UsageError(
        f"{where}: {found}, and --fix {FIX} is for scripts that cross-validate. Leave it out."
    )


RULE = Rule(
    "refit-on-all-rows",
    "final training of the model",
    Arity(1, 1),
    plan,
    why="A cross-validated script keeps the model of its last fold, which never saw the others' "
    "held-out rows.",
    fix=FIX,
)
