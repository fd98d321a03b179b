"""What ``main`` does: how it validates, where it trains."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from codegen_fi.model.script import Validation
from codegen_fi.parse import dialects
from codegen_fi.parse.components import assignments
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, constant_of, keywords
from codegen_fi.parse.script import Source
from codegen_fi.parse.statements import Statement


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """The final call of ``train_model`` in ``main``, and the names around it.

    Attributes
    ----------
    statement
        ``model = train_model(X_train, y_train, ...)``, directly in ``main``.
    model, features, target
        Source text of what is assigned and of the first two arguments.
    validation
        Source text of the rows and target the metrics are computed on; None when the script
        computes none.
    """

    statement: Statement
    model: str
    features: str
    target: str
    validation: tuple[str, str] | None


def validation_of(source: Source) -> Validation:
    """Tell the three forms apart: a split, a second dataset, folds."""
    test_ratio = _split_ratio(source, dialects.PREPARE_DATA)
    if any(role == "validation" and f in source.functions for f, role in dialects.ROLES.items()):
        return Validation("dataset", test_ratio=test_ratio)
    folds = _cross_validation(source)
    if folds is not None:
        arguments = keywords(folds)
        return Validation(
            "cross_validation",
            ratio=_number(arguments.get("frac_valid")),
            folds=_whole(arguments.get("CV")),
            test_ratio=test_ratio,
        )
    return Validation("split", ratio=_split_ratio(source, dialects.MAIN), test_ratio=test_ratio)


def training_of(source: Source) -> Training:
    """Find the last ``train_model`` call directly in ``main``.

    A cross-validation script also trains a model per fold inside its loop; the model it keeps
    is the one trained after it.
    """
    main = source.functions.get(dialects.MAIN)
    calls = [s for s in main.body if _trains(s.syntax)] if main else []
    if not calls:
        raise refusal(
            source.name,
            main.statement.line if main else None,
            f"{dialects.MAIN}() should hold a line 'model = {dialects.TRAIN}(...)' that isn't in a "
            "loop. Is this the script.py of an Azure AutoML run for classification or regression?",
        )
    statement = calls[-1]
    assign = statement.syntax
    assert isinstance(assign, ast.Assign)  # noqa: S101
    assert isinstance(assign.value, ast.Call)  # noqa: S101
    given = [ast.unparse(argument) for argument in assign.value.args]
    match given:
        case [features, target, *_]:
            model = ast.unparse(assign.targets[0])
            return Training(statement, model, features, target, _scored_on(source))
        case _:
            raise refusal(
                source.name,
                statement.line,
                f"{dialects.TRAIN}() should be given the rows and the target.",
            )


def _trains(syntax: ast.stmt) -> bool:
    return isinstance(syntax, ast.Assign) and called(syntax.value) == dialects.TRAIN


def _scored_on(source: Source) -> tuple[str, str] | None:
    for statement in source.functions[dialects.MAIN].walk():
        value = statement.syntax.value if isinstance(statement.syntax, ast.Assign) else None
        if isinstance(value, ast.Call) and called(value) == dialects.METRICS:
            given = keywords(value)
            if "X_test" in given and "y_test" in given:
                return ast.unparse(given["X_test"]), ast.unparse(given["y_test"])
    return None


def _cross_validation(source: Source) -> ast.Call | None:
    main = source.functions.get(dialects.MAIN)
    for value in assignments(main).values() if main else ():
        if isinstance(value, ast.Call) and called(value) == dialects.CROSS_VALIDATION:
            return value
    return None


def _split_ratio(source: Source, function: str) -> float | None:
    site = source.functions.get(function)
    return _number(assignments(site).get("split_ratio")) if site else None


def _number(node: ast.expr | None) -> float | None:
    value = constant_of(node) if node is not None else None
    return float(value) if isinstance(value, int | float) else None


def _whole(node: ast.expr | None) -> int | None:
    value = _number(node)
    return None if value is None else int(value)
