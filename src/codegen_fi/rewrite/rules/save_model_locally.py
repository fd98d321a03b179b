"""Save the fitted model to a file as soon as it is trained.

The generated tail logs the model with MLflow under an artifact path that the MLflow the SDK
resolves to refuses, with an environment only the SDK can describe.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.flow import training_of
from codegen_fi.parse.literals import called
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.rewrite.dataflow import dependents
from codegen_fi.rewrite.edits import insert_after, remove
from codegen_fi.rewrite.engine import Arity, Edit, Rule

_WHY = (
    "Saved to outputs/model.pkl right after training, so that nothing behind it can lose the model."
)
_DROPPED = (
    "Replaced by the local save: MLflow and the Azure environment description aren't needed here."
)
_MODULES = ("mlflow", "azureml.automl.core.inference")


def plan(script: Script) -> Iterator[Edit]:
    """Insert the save behind the final training, remove the MLflow block and its imports."""
    training = training_of(script.source)
    main = script.functions[dialects.MAIN]
    yield insert_after(
        script,
        main.statement,
        training.statement,
        [f"{run_name(script)}.save_model({training.model})"],
        _WHY,
    )
    imports = [s for s in main.walk() if is_saving(s.syntax)]
    names = {
        alias.asname or alias.name.partition(".")[0]
        for s in imports
        if isinstance(s.syntax, ast.Import | ast.ImportFrom)
        for alias in s.syntax.names
    }
    for statement in [*imports, *dependents(main.walk(), names)]:
        yield remove(main.statement, statement, _DROPPED)


def is_saving(syntax: ast.stmt) -> bool:
    """Tell the imports that only serve saving the model to Azure."""
    if isinstance(syntax, ast.ImportFrom):
        return _is_in(syntax.module or "")
    return isinstance(syntax, ast.Import) and all(_is_in(alias.name) for alias in syntax.names)


def _is_in(module: str) -> bool:
    return module in _MODULES or module.startswith(tuple(f"{name}." for name in _MODULES))


def run_name(script: Script) -> str:
    """Return the variable that holds the run in ``main``."""
    main: FunctionSite = script.functions[dialects.MAIN]
    for statement in main.body:
        syntax = statement.syntax
        if isinstance(syntax, ast.Assign) and (called(syntax.value) or "").endswith(".get_context"):
            return ast.unparse(syntax.targets[0])
    raise refusal(
        script.name,
        main.statement.line,
        f"{dialects.MAIN}() should hold a line 'run = Run.get_context()'. "
        "This is a shape of script the tool doesn't know.",
    )


RULE = Rule(
    "save-model-locally",
    "final training of the model",
    Arity(at_least=1),
    plan,
    why="The generated save needs a workspace; the model should be safe as soon as it is trained.",
)
