"""Which rows the final training of a cross-validation is given, and which it could be given."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from codegen_fi.parse import dialects
from codegen_fi.parse.flow import training_of
from codegen_fi.parse.literals import called
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement

FIX: Final = "refit-on-all-rows"
_FOLDS: Final = ".apply_CV_splits"


@dataclass(frozen=True, slots=True, eq=False)
class Folds:
    """The loop of a cross-validation.

    Attributes
    ----------
    statement
        The loop.
    whole
        Name of a fold's training rows, target or weights -> text of what they are a part of.
    """

    statement: Statement
    whole: Mapping[str, str]


def folds_of(script: Script) -> Folds | None:
    """Return the loop over the folds, None for a script without one."""
    main = script.functions.get(dialects.MAIN)
    for statement in main.walk() if main is not None else ():
        match statement.syntax:
            case ast.For(target=ast.Tuple(elts=parts), iter=ast.Call(args=rows) as call) if (
                called(call) or ""
            ).endswith(_FOLDS):
                pairs = zip(parts, rows, strict=False)
                return Folds(statement, {ast.unparse(p): ast.unparse(r) for p, r in pairs})
    return None


def explained_rows(script: Script) -> tuple[str, ...]:
    """Return the texts of the rows and targets that the final model is explained on.

    Those it is trained on, and those it is scored on where they are held out from it.
    """
    training = training_of(script.source)
    folds = folds_of(script) if FIX in script.options.fixes else None
    if folds is None:
        return (training.features, training.target, *(training.validation or ()))
    return tuple(folds.whole.get(name, name) for name in (training.features, training.target))


def keeps_last_fold(script: Script) -> bool:
    """Tell whether the final model is trained on the rows of the last fold only."""
    folds = folds_of(script)
    return folds is not None and training_of(script.source).features in folds.whole
