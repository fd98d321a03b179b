"""The lines that save the model the way of a job: with MLflow, or into the job's outputs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from posixpath import basename

from codegen_fi.parse import dialects
from codegen_fi.parse.flow import training_of
from codegen_fi.parse.imports import imported_names
from codegen_fi.parse.literals import called, constant_of
from codegen_fi.parse.remember import remembered
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.dataflow import dependents


@remembered
def saving_lines(script: Script) -> tuple[tuple[Statement, Statement], ...]:
    """Return the lines with the top-level statements they are in.

    What a user does with MLflow besides isn't among them.
    """
    main = script.functions.get(dialects.MAIN)
    if main is None:
        return ()
    inside = [s for s in main.walk() if is_saving(s.syntax)]
    at_top = [s for s in script.source.statements if is_saving(s.syntax)]
    names = set(imported_names([*inside, *at_top]))
    logging = [s for s in dependents(main.walk(), names) if _logs_model(s.syntax)]
    lines = [*inside, *logging, *_by_hand(script, tuple(main.walk()))]
    return tuple((main.statement, line) for line in lines)


def is_saving(syntax: ast.stmt) -> bool:
    """Tell the imports that only serve saving the model to Azure."""
    if isinstance(syntax, ast.ImportFrom):
        return _is_in(syntax.module or "")
    return isinstance(syntax, ast.Import) and all(_is_in(alias.name) for alias in syntax.names)


def _is_in(module: str) -> bool:
    modules = dialects.SAVING_MODULES
    return module in modules or module.startswith(tuple(f"{name}." for name in modules))


def _logs_model(syntax: ast.stmt) -> bool:
    value = syntax.value if isinstance(syntax, ast.Assign | ast.Expr) else None
    name = called(value) if value is not None else None
    return name is not None and name.rpartition(".")[2] in dialects.SAVING_CALLS


def _by_hand(script: Script, statements: tuple[Statement, ...]) -> Iterator[Statement]:
    """Yield the lines of the oldest scripts: dump to ``model.pkl``, upload that file."""
    if not any(_names_model_file(s.syntax) for s in statements):
        return
    model = training_of(script.source).model
    dumps = [s for s in statements if _dumps(s, model)]
    yield from dumps
    if dumps:
        yield from (s for s in statements if _uploads(s.syntax))


def _dumps(statement: Statement, model: str) -> bool:
    syntax = statement.syntax
    if isinstance(syntax, ast.With):
        body = [each for each in syntax.body if not _is_text(each)]
        if len(body) != 1 or not _names_model_file(syntax.items[0].context_expr):
            return False
        syntax = body[0]
    elif not _names_model_file(syntax):
        return False
    call = syntax.value if isinstance(syntax, ast.Expr) else None
    if not (isinstance(call, ast.Call) and (called(call) or "").endswith(".dump") and call.args):
        return False
    return ast.unparse(call.args[0]) == model


def _is_text(syntax: ast.stmt) -> bool:
    """Tell a string that stands alone, which does nothing."""
    value = syntax.value if isinstance(syntax, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def _uploads(syntax: ast.stmt) -> bool:
    call = syntax.value if isinstance(syntax, ast.Expr) else None
    name = called(call) if call is not None else None
    return (name or "").endswith(".upload_file") and _names_model_file(syntax)


def _names_model_file(syntax: ast.AST) -> bool:
    texts = (constant_of(n) for n in ast.walk(syntax) if isinstance(n, ast.Constant))
    return any(isinstance(t, str) and basename(t) == dialects.MODEL_FILE for t in texts)
