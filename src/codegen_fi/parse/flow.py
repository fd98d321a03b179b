"""What ``main`` does: how it validates, where it trains."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from codegen_fi.model.script import Validation
from codegen_fi.parse import dialects
from codegen_fi.parse.components import assignments
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called, constant_of, keywords
from codegen_fi.parse.remember import remembered
from codegen_fi.parse.script import Source
from codegen_fi.parse.statements import Statement


@dataclass(frozen=True, slots=True, eq=False)
class Training:
    """The final call of ``train_model`` in ``main``, and the names around it.

    Attributes
    ----------
    statement
        ``model = train_model(X_train, y_train, ...)`` in ``main``.
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
            # Scripts of SDK 1.52 say 0.0 for folds without a share of their own.
            ratio=_number(arguments.get("frac_valid")) or None,
            folds=_whole(arguments.get("CV")),
            step=_whole(arguments.get("n_step")),
            test_ratio=test_ratio,
        )
    return Validation("split", ratio=_split_ratio(source, dialects.MAIN), test_ratio=test_ratio)


@remembered
def training_of(source: Source) -> Training:
    """Find the last ``train_model`` call of ``main`` that isn't in a loop or a branch.

    A cross-validation script also trains a model per fold inside its loop; the model it keeps
    is the one trained after it.  Of several, the one the script saves is meant.
    """
    main = source.functions.get(dialects.MAIN)
    found = [call for s in _always(main.body) if (call := _training(source, s))] if main else []
    if not found:
        raise refusal(
            source.name,
            main.statement.line if main else None,
            f"{dialects.MAIN}() should hold a line 'model = {dialects.TRAIN}(...)' that isn't in a "
            "loop or a branch. Is this the script.py of an Azure AutoML run for classification or "
            "regression?",
        )
    saved = (
        {model for call in saves_in(main.syntax) if (model := saved_by(call))} if main else set()
    )
    return [t for t in found if t.model in saved or not saved & {f.model for f in found}][-1]


def saves_in(syntax: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that log or save a model with MLflow."""
    for node in ast.walk(syntax):
        if not isinstance(node, ast.Call):
            continue
        if (called(node) or "").rpartition(".")[2] in dialects.MODEL_SAVES:
            yield node


def saved_by(call: ast.Call) -> str | None:
    """Return the text of the model that such a call is given."""
    model = keywords(call).get(dialects.MODEL_ARGUMENT, call.args[0] if call.args else None)
    return None if model is None else ast.unparse(model)


def _always(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Yield the statements that run exactly once, those in ``with`` and ``try`` blocks included."""
    for statement in statements:
        syntax = statement.syntax
        if isinstance(syntax, ast.With | ast.Try):
            ends = [getattr(syntax, name, []) for name in ("body", "orelse", "finalbody")]
            bodies = {id(s) for body in ends for s in body}
            yield from _always(s for s in statement.inner if id(s.syntax) in bodies)
        else:
            yield statement


def _training(source: Source, statement: Statement) -> Training | None:
    match statement.syntax:
        case ast.Assign(targets=[ast.Name(id=model)], value=ast.Call() as call):
            pass
        case ast.AnnAssign(target=ast.Name(id=model), value=ast.Call() as call):
            pass
        case _:
            return None
    if called(call) != dialects.TRAIN:
        return None
    given = arguments_of(source, call, dialects.TRAIN)
    site = source.functions.get(dialects.TRAIN)
    names = site.parameters if site is not None else ("X", "y")
    features, target = (given.get(name) for name in (*names[:2], "", "")[:2])
    if features is None or target is None:
        raise refusal(
            source.name,
            statement.line,
            f"{dialects.TRAIN}() should be given the rows and the target.",
        )
    return Training(
        statement, model, ast.unparse(features), ast.unparse(target), _scored_on(source)
    )


def arguments_of(source: Source, call: ast.Call, function: str) -> dict[str, ast.expr]:
    """Return the arguments of a call by the names of the function's parameters."""
    site = source.functions.get(function)
    names = site.parameters if site is not None else ("X", "y")
    # Behind a starred argument nobody knows which is which.
    known = takewhile(lambda given: not isinstance(given, ast.Starred), call.args)
    return {**dict(zip(names, known, strict=False)), **keywords(call)}


def _scored_on(source: Source) -> tuple[str, str] | None:
    for statement in source.functions[dialects.MAIN].walk():
        if statement.inner:
            continue
        for node in ast.walk(statement.syntax):
            if isinstance(node, ast.Call) and called(node) == dialects.METRICS:
                given = arguments_of(source, node, dialects.METRICS)
                if "X_test" in given and "y_test" in given:
                    return ast.unparse(given["X_test"]), ast.unparse(given["y_test"])
    return None


def _cross_validation(source: Source) -> ast.Call | None:
    main = source.functions.get(dialects.MAIN)
    for statement in main.walk() if main else ():
        value = statement.syntax.value if isinstance(statement.syntax, ast.Assign) else None
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
