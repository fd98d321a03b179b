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
from codegen_fi.parse.statements import Statement, nodes_in
from codegen_fi.rewrite.azure_lines import remaining_names
from codegen_fi.rewrite.dataflow import used
from codegen_fi.rewrite.edits import move_import, remove, replace
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.rules.local_run import RUN_MODULES
from codegen_fi.rewrite.saving import is_saving
from codegen_fi.rewrite.stand_ins import (
    WHY_NONE,
    is_covered,
    is_official,
    names_in,
    portable_module,
)

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
    if isinstance(syntax, ast.Import):
        return any(is_covered(alias.name) for alias in syntax.names)
    if not isinstance(syntax, ast.ImportFrom) or not is_official(syntax.module or ""):
        return False
    return syntax.module not in RUN_MODULES and not is_saving(syntax)


def _import(script: Script, owner: Statement, statement: Statement) -> Edit:
    syntax = statement.syntax
    if isinstance(syntax, ast.Import):
        raise refusal(script.name, statement.line, _whole_module(syntax))
    assert isinstance(syntax, ast.ImportFrom)  # noqa: S101
    module = syntax.module or ""
    places = {alias.name: portable_module(module, alias.name) for alias in syntax.names}
    missing = [alias for alias in syntax.names if places[alias.name] is None]
    if not missing:
        _refuse_unknown_attributes(script, owner, syntax)
        return _moved(script, owner, statement, syntax, places)
    needed = [a for a in missing if a.name == "*" or (a.asname or a.name) in _used(script, owner)]
    if not needed and len(missing) == len(syntax.names):
        return remove(owner, statement, _UNUSED)
    raise refusal(script.name, statement.line, _no_stand_in(needed or missing, module))


def _moved(
    script: Script,
    owner: Statement,
    statement: Statement,
    syntax: ast.ImportFrom,
    places: dict[str, str | None],
) -> Edit:
    """Keep one import as it is written; split one whose names stand in several of our modules."""
    modules = [place for place in dict.fromkeys(places.values()) if place is not None]
    if len(modules) == 1:
        return move_import(owner, statement, modules[0], _WHY)
    texts = []
    for module in modules:
        names = [alias for alias in syntax.names if places[alias.name] == module]
        texts.append(ast.unparse(ast.ImportFrom(module, names, 0)))
    return replace(script, owner, statement, texts, _WHY)


def _refuse_unknown_attributes(script: Script, owner: Statement, syntax: ast.ImportFrom) -> None:
    """Refuse ``module.name`` where the module has a stand-in and the name has none."""
    official = syntax.module or ""
    modules = {
        alias.asname or alias.name: (alias.name, names)
        for alias in syntax.names
        if (names := names_in(official, alias.name))
    }
    for node in _attributes(script, owner) if modules else ():
        if not isinstance(node.value, ast.Name):
            continue
        name, known = modules.get(node.value.id, ("", {node.attr}))
        if node.attr not in known:
            missing = ast.alias(node.attr)
            raise refusal(script.name, node.lineno, _no_stand_in([missing], f"{official}.{name}"))


def _used(script: Script, owner: Statement) -> set[str]:
    """Return the names in use where an import holds: its function, or the whole script."""
    return used(owner.syntax) if _is_scope(owner) else remaining_names(script)


def _attributes(script: Script, owner: Statement) -> list[ast.Attribute]:
    """Return the attributes where an import holds, in the order of the text."""
    owners = [owner] if _is_scope(owner) else script.source.statements
    found = [node for top in owners for node in nodes_in(top.syntax, ast.Attribute)]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _is_scope(owner: Statement) -> bool:
    return isinstance(owner.syntax, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)


def _whole_module(syntax: ast.Import) -> str:
    alias = next(alias for alias in syntax.names if is_covered(alias.name))
    return (
        f"'{ast.unparse(syntax)}' imports a module of the official packages as a whole, which has "
        f"no open-source stand-in. Write 'from {alias.name} import ...' with the names in use."
    )


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
