"""Take the run object from the runtime instead of the Azure ML SDK.

Outside a job ``Run.get_context()`` of the SDK gives an offline run without an experiment.  The
runtime's ``Run`` has the same methods, so the lines that log metrics stay as they are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Final

import libcst as cst

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.literals import called
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.azure_lines import remaining_names
from codegen_fi.rewrite.edits import move_import, remove
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.stand_ins import LOCAL_RUN

RUN_MODULES = frozenset({"azureml.core", "azureml.core.run"})
# What the runtime's run has.
RUN_NAMES: Final = frozenset(
    [
        "id",
        "log",
        "log_table",
        "log_list",
        "log_row",
        "log_accuracy_table",
        "log_confusion_matrix",
        "log_predictions",
        "log_residuals",
        "upload_file",
        "upload_folder",
    ]
)
_RUN = "Run"
_WHY = "There is no Azure ML run here: a local run with the same methods writes files instead."
_UNUSED = "Nothing uses it any more: the rows come from a file."


def plan(script: Script) -> Iterator[Edit]:
    """Move every import of ``Run`` outside the loaders, which have a rule of their own."""
    for owner in script.source.statements:
        if getattr(owner.syntax, "name", None) in dialects.ROLES:
            continue
        for statement in owner.walk():
            syntax = statement.syntax
            if isinstance(syntax, ast.ImportFrom) and syntax.module in RUN_MODULES:
                yield _import(script, owner, statement, syntax)
    _refuse_early(script)
    _refuse_others(script)


def _import(script: Script, owner: Statement, statement: Statement, syntax: ast.ImportFrom) -> Edit:
    others = [alias for alias in syntax.names if alias.name != _RUN]
    if not others:
        return move_import(owner, statement, LOCAL_RUN, _WHY)
    read = remaining_names(script, None if owner is statement else owner)
    needed = [a.name for a in others if a.name == "*" or (a.asname or a.name) in read]
    if needed:
        raise refusal(
            script.name,
            statement.line,
            f"{', '.join(needed)} of {syntax.module} only works inside Azure ML. "
            "Take it out of the script.",
        )
    if len(others) == len(syntax.names):
        return remove(owner, statement, _UNUSED)
    return move_import(owner, statement, LOCAL_RUN, _WHY, only=_RUN)


def _refuse_early(script: Script) -> None:
    """Refuse a run that is taken before the command line is read: it would be another one."""
    for statement in script.source.statements:
        if not isinstance(statement.node, cst.SimpleStatementLine):
            continue
        for node in ast.walk(statement.syntax):
            name = called(node) or ""
            module, _ = script.source.imports.get(name.partition(".")[0], ("", ""))
            if name.endswith(".get_context") and module in RUN_MODULES:
                raise refusal(
                    script.name,
                    statement.line,
                    "the run is taken here, before the command line says where it writes. "
                    f"Move this line into {dialects.MAIN}().",
                )


def _refuse_others(script: Script) -> None:
    """Refuse what only the run of a job can do."""
    main = script.functions.get(dialects.MAIN)
    if main is None or not any(m in RUN_MODULES for m, _ in _imported(script)):
        return
    runs = {
        target.id
        for statement in main.walk()
        if isinstance(statement.syntax, ast.Assign)
        and (called(statement.syntax.value) or "").endswith(".get_context")
        for target in statement.syntax.targets
        if isinstance(target, ast.Name)
    }
    attributes = (n for n in ast.walk(main.syntax) if isinstance(n, ast.Attribute))
    for node in attributes if runs else ():
        owner = node.value
        if isinstance(owner, ast.Name) and owner.id in runs and node.attr not in RUN_NAMES:
            raise refusal(
                script.name,
                node.lineno,
                f"{owner.id}.{node.attr} only works inside Azure ML: a local run has no such "
                "thing. Take it out of the script.",
            )


def _imported(script: Script) -> Iterable[tuple[str, str]]:
    return script.source.visible_imports(dialects.MAIN).values()


RULE = Rule(
    "local-run",
    "imports of Run",
    Arity(at_least=1),
    plan,
    why="Outside Azure ML there is no run to log to; files beside the model take its place.",
)
