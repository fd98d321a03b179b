"""What a loader does: the lines that ask Azure, and the one that gets the rows."""

from __future__ import annotations

import ast
from dataclasses import dataclass

import libcst as cst

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.dataflow import bound, used
from codegen_fi.rewrite.stand_ins import is_official


@dataclass(frozen=True, slots=True, eq=False)
class Loader:
    """A function that loads a table from Azure.

    Attributes
    ----------
    site
        The function.
    parameter
        The parameter that says which dataset; None where the function holds its id.
    dropped
        The statements that only ask Azure, in order.
    frame, call
        The statement that gets the rows, and the call in it; None where the rows come from
        elsewhere already.
    """

    site: FunctionSite
    parameter: str | None
    dropped: tuple[Statement, ...]
    frame: Statement | None
    call: ast.Call | None


def loader_of(script: Script, name: str) -> Loader | None:
    """Read a loader; None when there is none, or none that has to do with Azure.

    Raises
    ------
    ScriptNotUnderstoodError
        It does something with the dataset that can't be done with a file.
    """
    site = script.functions.get(name)
    if site is None:
        return None
    visible = script.source.visible_imports(name)
    official = {local for local, (module, _) in visible.items() if is_official(module)}
    if not official & (used(site.syntax) | set(site.imports)):
        return None
    return _Reading(script, site, official).loader()


class _Reading:
    """Follows what comes from Azure through the statements of a loader."""

    def __init__(self, script: Script, site: FunctionSite, names: set[str]) -> None:
        self.script = script
        self.site = site
        self.names = names
        self.dropped: list[Statement] = []
        self.frame: Statement | None = None
        self.call: ast.Call | None = None

    def loader(self) -> Loader:
        for statement in self.site.body:
            self._read(statement)
        asking = [*(s.syntax for s in self.dropped), *([self.call] if self.call else [])]
        given = {name for node in asking for name in used(node)}
        named = [p for p in self.site.parameters if p in given]
        parameter = next(iter([*named, *self.site.parameters]), None)
        return Loader(self.site, parameter, tuple(self.dropped), self.frame, self.call)

    def _read(self, statement: Statement) -> None:
        if _imports_official(statement):
            self.dropped.append(statement)
        elif used(statement.syntax) & self.names:
            calls = [node for node in ast.walk(statement.syntax) if self._is_frame(node)]
            if calls:
                self._get_rows(statement, calls)
            elif isinstance(statement.syntax, ast.Assign) and self._is_asking(
                statement.syntax.value
            ):
                self.dropped.append(statement)
                self.names |= bound(statement.syntax)
            else:
                raise self._unknown(statement)

    def _get_rows(self, statement: Statement, calls: list[ast.AST]) -> None:
        call = calls[0]
        assert isinstance(call, ast.Call)  # noqa: S101
        assert isinstance(call.func, ast.Attribute)  # noqa: S101
        inside = {id(node) for node in ast.walk(call)}
        rest = (n for n in ast.walk(statement.syntax) if id(n) not in inside)
        reads = {n.id for n in rest if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        if (
            len(calls) > 1
            or self.frame is not None
            or not isinstance(statement.node, cst.SimpleStatementLine)
            or not self._is_asking(call.func.value)
            or reads & self.names
        ):
            raise self._unknown(statement)
        self.frame, self.call = statement, call
        # From here on the name stands for rows.
        self.names -= bound(statement.syntax)

    def _is_frame(self, node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == dialects.ROWS_OF_DATASET
            and bool(used(node.func.value) & self.names)
        )

    def _is_asking(self, node: ast.expr) -> bool:
        """Tell a plain chain of the calls that lead to a dataset."""
        while True:
            match node:
                case ast.Name(id=name):
                    return name in self.names
                case ast.Attribute(value=value, attr=attr) if attr in dialects.ASKING:
                    node = value
                case ast.Call(func=func):
                    node = func
                case ast.Subscript(value=value):
                    node = value
                case _:
                    return False

    def _unknown(self, statement: Statement) -> Exception:
        return refusal(
            self.script.name,
            statement.line,
            f"{self.site.name}() should ask Azure for its dataset and end by returning its rows, "
            f"{dialects.ROWS_OF_DATASET}(). This line does more with the dataset, which a file "
            "can't: do it with the rows.",
        )


def _imports_official(statement: Statement) -> bool:
    """Tell an import of official packages, also a guarded one."""
    syntax = statement.syntax
    if isinstance(syntax, ast.ImportFrom):
        return is_official(syntax.module or "")
    if isinstance(syntax, ast.Import):
        return all(is_official(alias.name) for alias in syntax.names)
    simple = [s for s in statement.walk() if isinstance(s.node, cst.SimpleStatementLine)]
    return (
        isinstance(syntax, ast.Try)
        and any(_imports_official(s) for s in simple)
        and all(_imports_official(s) or _is_default(s.syntax) for s in simple)
    )


def _is_default(syntax: ast.stmt) -> bool:
    return isinstance(syntax, ast.Pass) or (
        isinstance(syntax, ast.Assign) and isinstance(syntax.value, ast.Constant)
    )
