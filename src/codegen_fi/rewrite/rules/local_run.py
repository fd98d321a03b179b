"""Take the run object from the runtime instead of the Azure ML SDK.

Outside a job ``Run.get_context()`` of the SDK gives an offline run without an experiment.  The
runtime's ``Run`` has the same methods, so the lines that log metrics stay as they are.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import Script
from codegen_fi.rewrite.edits import move_import
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.stand_ins import LOCAL_RUN

RUN_MODULES = frozenset({"azureml.core", "azureml.core.run"})
_WHY = "There is no Azure ML run here: a local run with the same methods writes files instead."


def plan(script: Script) -> Iterator[Edit]:
    """Move every import of ``Run`` outside the loaders, which have a rule of their own."""
    for site in script.functions.values():
        if site.name in dialects.ROLES:
            continue
        for statement in site.walk():
            syntax = statement.syntax
            if isinstance(syntax, ast.ImportFrom) and syntax.module in RUN_MODULES:
                others = [a.name for a in syntax.names if a.name != "Run"]
                if others:
                    raise refusal(
                        script.name,
                        statement.line,
                        f"{', '.join(others)} of {syntax.module} only works inside Azure ML. "
                        "Take it out of the script.",
                    )
                yield move_import(site.statement, statement, LOCAL_RUN, _WHY)


RULE = Rule(
    "local-run",
    "imports of Run",
    Arity(at_least=1),
    plan,
    why="Outside Azure ML there is no run to log to; files beside the model take its place.",
)
