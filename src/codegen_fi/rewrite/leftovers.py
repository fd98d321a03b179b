"""The last check: nothing in the new text may still reach for Azure."""

from __future__ import annotations

import ast
import warnings

from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import Script
from codegen_fi.rewrite.stand_ins import is_official


def refuse_leftovers(script: Script, after: str) -> None:
    """Refuse a script that would still import an official package.

    Raises
    ------
    ScriptNotUnderstoodError
        Names the import and its line in the original script.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        tree = ast.parse(after)
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


def _line_of(script: Script, text: str) -> int | None:
    for statement in script.source.statements:
        for inner in statement.walk():
            is_import = isinstance(inner.syntax, ast.Import | ast.ImportFrom)
            if is_import and ast.unparse(inner.syntax) == text:
                return inner.line
    return None
