"""A script that has been read: its text, both trees, its places and its model."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import libcst as cst

from codegen_fi.model.options import Options
from codegen_fi.model.script import TrainingScript
from codegen_fi.parse.statements import Statement, nested


@dataclass(frozen=True, eq=False)
class FunctionSite:
    """A top-level function: where it is and what it imports.

    ``imports`` maps each local name to ``(module, name)`` for the imports inside the function.
    """

    name: str
    statement: Statement
    imports: Mapping[str, tuple[str, str]]

    @property
    def syntax(self) -> ast.FunctionDef:
        """The function in the standard library's tree."""
        assert isinstance(self.statement.syntax, ast.FunctionDef)  # noqa: S101
        return self.statement.syntax

    @property
    def body(self) -> tuple[Statement, ...]:
        """The statements directly in the function."""
        return self.statement.inner

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters, in order."""
        args = self.syntax.args
        return tuple(a.arg for a in [*args.posonlyargs, *args.args, *args.kwonlyargs])

    def walk(self) -> Iterator[Statement]:
        """Yield every statement inside, nested ones included."""
        for statement in self.body:
            yield from statement.walk()


@dataclass(frozen=True, eq=False)
class Source:
    """Text and trees, before anything is understood."""

    name: str
    text: str
    tree: cst.Module
    statements: tuple[Statement, ...]
    functions: Mapping[str, FunctionSite]
    imports: Mapping[str, tuple[str, str]]

    def visible_imports(self, function: str) -> Mapping[str, tuple[str, str]]:
        """Return what a name means inside a function: its own imports over the module's."""
        return {**self.imports, **self.functions[function].imports}

    @cached_property
    def constants(self) -> Mapping[str, ast.expr]:
        """The names at the top of the script that are assigned once, with their values."""
        found: dict[str, list[ast.expr]] = {}
        for statement in self.statements:
            if isinstance(statement.syntax, ast.Assign):
                for target in statement.syntax.targets:
                    for node in ast.walk(target):
                        if isinstance(node, ast.Name):
                            found.setdefault(node.id, []).append(statement.syntax.value)
        return {name: values[0] for name, values in found.items() if len(values) == 1}

    @cached_property
    def packages(self) -> Mapping[str, int]:
        """The top-level packages imported anywhere, each with the line of its first import."""
        found: dict[str, int] = {}
        for node in nested(statement.syntax for statement in self.statements):
            if isinstance(node, ast.Import | ast.ImportFrom):
                for package in _packages(node):
                    found[package] = min(node.lineno, found.get(package, node.lineno))
        return found


@dataclass(frozen=True, eq=False)
class Script:
    """A script that was understood.

    Attributes
    ----------
    source
        Text, trees and functions.
    model
        What it says.
    rewritten_by
        Version of codegen-fi that wrote it; None for a script as generated.
    options
        What it is to be rewritten for.
    """

    source: Source
    model: TrainingScript
    rewritten_by: str | None = field(default=None)
    options: Options = field(default_factory=Options)

    @property
    def text(self) -> str:
        """The text as it was read."""
        return self.source.text

    @property
    def name(self) -> str:
        """File name for messages."""
        return self.source.name

    @property
    def functions(self) -> Mapping[str, FunctionSite]:
        """The top-level functions by name."""
        return self.source.functions

    @cached_property
    def main_guard(self) -> Statement | None:
        """The ``if __name__ == '__main__'`` statement, when there is one."""
        return next((s for s in self.source.statements if _is_main_guard(s.syntax)), None)


def _is_main_guard(syntax: ast.stmt) -> bool:
    if not (isinstance(syntax, ast.If) and isinstance(syntax.test, ast.Compare)):
        return False
    left = syntax.test.left
    return isinstance(left, ast.Name) and left.id == "__name__"


def _packages(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    return {node.module.partition(".")[0]} if node.module and not node.level else set()
