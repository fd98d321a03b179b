"""The last check: the new text reaches for nothing that isn't there any more."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import nested
from codegen_fi.rewrite.dataflow import used
from codegen_fi.rewrite.stand_ins import is_official


@dataclass(frozen=True, slots=True)
class Leftover:
    """An import of official packages in the new text, at its line in the original."""

    line: int | None
    text: str
    packages: tuple[str, ...]

    @property
    def message(self) -> str:
        """Why it can't stay."""
        return (
            f"'{self.text}' only works inside Azure ML and no rule replaces it. "
            "Take it out of the script, with what uses it."
        )


def leftovers_of(script: Script, after: Sequence[ast.stmt]) -> Iterator[Leftover]:
    """Yield the imports of official packages that the new text still has.

    Parameters
    ----------
    script
        The original.
    after
        The statements of the new text.

    Raises
    ------
    ScriptNotUnderstoodError
        It uses a name whose import was dropped.
    """
    _refuse_dropped_names(script, after)
    for owner in after:
        for node in nested([owner]):
            official = {m.partition(".")[0] for m in _modules(node) if is_official(m)}
            if official:
                text = ast.unparse(node)
                line = _line_of(script, getattr(owner, "name", None), text)
                yield Leftover(line, text, tuple(sorted(official)))


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def _refuse_dropped_names(script: Script, after: Sequence[ast.stmt]) -> None:
    """Find names whose import was dropped but whose use a rule could not remove."""
    at_top = _imported(after)
    for function in after:
        site = script.functions.get(getattr(function, "name", ""))
        if site is None:
            continue
        dropped = {n for n, (module, _) in site.imports.items() if is_official(module)}
        lost = dropped - at_top - _imported(nested([function]))
        for name in sorted(lost & used(function) if lost else ()):
            raise refusal(
                script.name,
                _use_of(site.syntax, name),
                f"{name} only works inside Azure ML and no rule replaces this use of it. "
                "Take it out of the script.",
            )


def _imported(statements: Iterable[ast.stmt]) -> set[str]:
    return {
        alias.asname or alias.name.partition(".")[0]
        for node in statements
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _use_of(function: ast.FunctionDef, name: str) -> int:
    names = (n for n in ast.walk(function) if isinstance(n, ast.Name) and n.id == name)
    return min((n.lineno for n in names), default=function.lineno)


def _line_of(script: Script, function: str | None, text: str) -> int | None:
    for statement in script.source.statements:
        if getattr(statement.syntax, "name", None) != function:
            continue
        for inner in statement.walk():
            is_import = isinstance(inner.syntax, ast.Import | ast.ImportFrom)
            if is_import and ast.unparse(inner.syntax) == text:
                return inner.line
    return None
