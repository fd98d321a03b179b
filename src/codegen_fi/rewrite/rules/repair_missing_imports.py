"""Add the imports that the generator forgets.

For a model that is itself a pipeline (Bernoulli naive Bayes behind a scaler) the generator writes
the steps but not their imports, and the script ends with a NameError.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

import libcst as cst

from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.rewrite.dataflow import bound, used
from codegen_fi.rewrite.edits import insert_after
from codegen_fi.rewrite.engine import Arity, Edit, Rule
from codegen_fi.rewrite.stand_ins import official_module, portable_module

_WHY = "The generator leaves out this import, so the script would end with a NameError."
_SKLEARN = {
    "BernoulliNB": "sklearn.naive_bayes",
    "MultinomialNB": "sklearn.naive_bayes",
    "MinMaxScaler": "sklearn.preprocessing",
    "MaxAbsScaler": "sklearn.preprocessing",
    "Normalizer": "sklearn.preprocessing",
    "RobustScaler": "sklearn.preprocessing",
    "StandardScaler": "sklearn.preprocessing",
}


def plan(script: Script) -> Iterator[Edit]:
    """Insert the missing imports behind the ones each config function has."""
    known = _known_everywhere(script)
    for site in script.functions.values():
        missing = _missing(site, known) if site.name.startswith("generate_") else []
        if not missing:
            continue
        imports = [s for s in site.body if isinstance(s.syntax, ast.ImportFrom)]
        lines = [_import_line(script, site, name) for name in missing]
        if not imports:
            raise refusal(
                script.name,
                site.statement.line,
                f"{site.name}() uses {', '.join(missing)} without importing it. Add: {lines[0]}",
            )
        yield insert_after(script, site.statement, imports[-1], lines, _WHY)


def _known_everywhere(script: Script) -> set[str]:
    at_top = [s for s in script.source.statements if isinstance(s.node, cst.SimpleStatementLine)]
    classes = {
        s.syntax.name for s in script.source.statements if isinstance(s.syntax, ast.ClassDef)
    }
    return (
        set(script.source.imports)
        | set(script.functions)
        | classes
        | {*dir(builtins), "__file__"}
        | {name for s in at_top for name in bound(s.syntax)}
    )


def _missing(site: FunctionSite, known: set[str]) -> list[str]:
    own = set(site.imports) | bound(site.syntax)
    for node in ast.walk(site.syntax):
        if isinstance(node, ast.arg):
            own.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef | ast.ExceptHandler) and node.name:
            own.add(node.name)
    return sorted(used(site.syntax) - known - own)


def _import_line(script: Script, site: FunctionSite, name: str) -> str:
    if name in _SKLEARN:
        return f"from {_SKLEARN[name]} import {name}"
    official = official_module(name)
    if official is not None:
        ours = portable_module(official, name) if script.options.runtime == "portable" else official
        return f"from {ours} import {name}"
    line = next(
        node.lineno
        for node in ast.walk(site.syntax)
        if isinstance(node, ast.Name) and node.id == name
    )
    raise refusal(
        script.name,
        line,
        f"{name} is used in {site.name}() but never imported. Add its import to the function.",
    )


RULE = Rule(
    "repair-missing-imports",
    "functions with a missing import",
    Arity(),
    plan,
    why="The generator forgets imports of nested steps, and the script would end with a NameError.",
    without="The training will end with a NameError.",
)
