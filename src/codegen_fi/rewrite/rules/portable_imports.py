"""Import the stand-ins instead of the proprietary packages.

``azureml-training-tabular`` and ``sklearn-pandas`` pin releases that no current Python has.  Only
the module of an import changes; names and arguments stay, so the pipeline reads as generated.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.refusals import refuse_downloads
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.azure_lines import remaining_names
from codegen_fi.rewrite.dataflow import used
from codegen_fi.rewrite.edits import move_import, remove
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.rules.local_run import RUN_MODULES
from codegen_fi.rewrite.saving import is_saving
from codegen_fi.rewrite.stand_ins import STAND_INS, WHY_NONE, is_official, portable_module

_WHY = (
    "The official package doesn't install on current Pythons: the stand-in gives the same result."
)
_UNUSED = "The proprietary class is imported but never used here."


def plan(script: Script) -> Iterator[Edit]:
    """Move each official import to its stand-in; refuse one that has none and is used."""
    refuse_downloads(script.model, script.name)
    for owner in script.source.statements:
        name = getattr(owner.syntax, "name", None)
        if name in dialects.ROLES or name == dialects.INSTRUMENTATION:
            continue
        for statement in owner.walk():
            if _is_ours(statement.syntax):
                yield _import(script, owner, statement)


def _is_ours(syntax: ast.stmt) -> bool:
    if not isinstance(syntax, ast.ImportFrom) or not is_official(syntax.module or ""):
        return False
    return syntax.module not in RUN_MODULES and not is_saving(syntax)


def _import(script: Script, owner: Statement, statement: Statement) -> Edit:
    syntax = statement.syntax
    assert isinstance(syntax, ast.ImportFrom)  # noqa: S101
    module = syntax.module or ""
    known = STAND_INS.get(module, frozenset())
    missing = [alias for alias in syntax.names if alias.name not in known]
    moved = portable_module(module)
    if not missing and moved is not None:
        return move_import(owner, statement, moved, _WHY)
    needed = [a for a in missing if a.name == "*" or (a.asname or a.name) in _used(script, owner)]
    if not needed and len(missing) == len(syntax.names):
        return remove(owner, statement, _UNUSED)
    raise refusal(script.name, statement.line, _no_stand_in(needed or missing, module))


def _used(script: Script, owner: Statement) -> set[str]:
    """Return the names in use where an import holds: its function, or the whole script."""
    if isinstance(owner.syntax, ast.ImportFrom):
        return remaining_names(script)
    return used(owner.syntax)


def _no_stand_in(aliases: list[ast.alias], module: str) -> str:
    names = ", ".join(alias.name for alias in aliases)
    because = next((WHY_NONE[a.name] for a in aliases if a.name in WHY_NONE), None)
    reason = f": {because}" if because else ""
    return (
        f"{names} (from {module}) has no open-source stand-in yet{reason}. "
        "Take it out of the script, or choose another run of the experiment."
    )


RULE = Rule(
    "portable-imports",
    "imports of the official packages",
    Arity(),
    plan,
    why="The official packages are proprietary and do not install on current Pythons.",
    runtimes=("portable",),
)
