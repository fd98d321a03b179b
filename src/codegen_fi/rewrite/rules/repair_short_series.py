"""Name what the block that leaves out short series means.

The generator writes it with two names that it defines nowhere, so that a forecasting script with
folds ends with a NameError as soon as one of its series is too short for them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import dotted
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.dataflow import bound, used
from codegen_fi.rewrite.edits import insert_before
from codegen_fi.rewrite.engine import Arity, Edit, Rule

_WHY = "The generator never defines this, so a series too short for the folds was a NameError."
_COLUMNS: Final = "grains"
_DROPPER: Final = "short_series_processor"
_STEPS: Final = ".pipeline.steps"
_DEFINE: Final = (
    "Set it in front of this block: grains are the columns that tell the series apart, "
    "short_series_processor is the featurizer's step that drops short series."
)
_ASKED: Final = "has_short_grains_in_train"


def plan(script: Script) -> Iterator[Edit]:
    """Define the two names in front of the block that uses them.

    Raises
    ------
    ScriptNotUnderstoodError
        The block doesn't ask a step of a fitted featurizer.
    """
    main = script.functions.get(dialects.MAIN)
    if main is None:
        return
    missing = {_COLUMNS, _DROPPER} - _known(script, main)
    for statement in main.body:
        names = missing & used(statement.syntax) if isinstance(statement.syntax, ast.If) else set()
        if names:
            meaning = _meaning(main, statement)
            if meaning is None:
                raise refusal(
                    script.name,
                    statement.line,
                    f"{' and '.join(sorted(names))} is used here but never defined. {_DEFINE}",
                )
            lines = [f"{name} = {meaning[name]}" for name in sorted(names)]
            yield insert_before(script, main.statement, statement, lines, _WHY)
            missing -= names


def _known(script: Script, main: FunctionSite) -> set[str]:
    at_top = {name for s in script.source.statements if not s.inner for name in bound(s.syntax)}
    imported = {*script.source.imports, *main.imports}
    return {*main.parameters, *bound(main.syntax), *at_top, *imported, *script.functions}


def _meaning(main: FunctionSite, block: Statement) -> dict[str, str] | None:
    """Return what stands for each name: the dropper the block asks, its featurizer's columns."""
    asked = {
        node.value.id
        for node in ast.walk(block.syntax)
        if isinstance(node, ast.Attribute)
        and node.attr == _ASKED
        and isinstance(node.value, ast.Name)
    }
    for statement in main.body:
        names = asked & bound(statement.syntax)
        owners = {_owner(node) for node in ast.walk(statement.syntax)} - {""}
        if names and len(owners) == 1:
            return {_COLUMNS: f"{owners.pop()}.grain_column_names", _DROPPER: names.pop()}
    return None


def _owner(node: ast.AST) -> str:
    """Return ``tst`` of ``tst.pipeline.steps``, nothing for another expression."""
    name = (dotted(node) or "") if isinstance(node, ast.expr) else ""
    return name.removesuffix(_STEPS) if name.endswith(_STEPS) else ""


RULE = Rule(
    "repair-short-series",
    "block that leaves out short series",
    Arity(at_most=1),
    plan,
    why="The generator forgets to define two names, and a training with a short series would end "
    "with a NameError.",
    runtimes=("azureml",),
    without="With a series too short for the folds the training will end with a NameError.",
)
