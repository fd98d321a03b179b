"""The last check: the new text reaches for nothing that isn't there any more."""

from __future__ import annotations

import ast
import warnings

from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import Script
from codegen_fi.rewrite.dataflow import used
from codegen_fi.rewrite.stand_ins import is_official


def refuse_leftovers(script: Script, after: str) -> None:
    """Refuse a script that would still import an official package, or use a dropped name.

    Raises
    ------
    ScriptNotUnderstoodError
        Names the import and its line in the original script.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        tree = ast.parse(after)
    _refuse_dropped_names(script, tree)
    for node in ast.walk(tree):
        modules: list[str] = []
        if isinstance(node, ast.ImportFrom):
            modules = [node.module or ""]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        for module in modules:
            if is_official(module):
                text = ast.unparse(node)
                raise refusal(
                    script.name,
                    _line_of(script, text),
                    f"'{text}' only works inside Azure ML and no rule replaces it. "
                    "Take it out of the script, with what uses it.",
                )


def _refuse_dropped_names(script: Script, after: ast.Module) -> None:
    """Find names whose import was dropped but whose use a rule could not remove."""
    for function in after.body:
        site = script.functions.get(getattr(function, "name", ""))
        if site is None:
            continue
        dropped = {n for n, (module, _) in site.imports.items() if is_official(module)}
        lost = (dropped & used(function)) - _imported(function) - _imported(after)
        for name in sorted(lost):
            raise refusal(
                script.name,
                _use_of(site.syntax, name),
                f"{name} only works inside Azure ML and no rule replaces this use of it. "
                "Take it out of the script.",
            )


def _imported(tree: ast.AST) -> set[str]:
    nested = ast.walk(tree) if isinstance(tree, ast.FunctionDef) else ast.iter_child_nodes(tree)
    return {
        alias.asname or alias.name.partition(".")[0]
        for node in nested
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _use_of(function: ast.FunctionDef, name: str) -> int:
    names = (n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == name)
    return min((n.lineno for n in names), default=function.lineno)


def _line_of(script: Script, text: str) -> int | None:
    for statement in script.source.statements:
        for inner in statement.walk():
            is_import = isinstance(inner.syntax, ast.Import | ast.ImportFrom)
            if is_import and ast.unparse(inner.syntax) == text:
                return inner.line
    return None
