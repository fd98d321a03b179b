"""Statements of both trees, side by side.

libcst keeps the text, the standard library's ``ast`` knows the lines and reads values.  The two
hold the same statements in the same order, so walking them together gives every libcst statement
its line at no cost, where libcst's own position metadata costs more than parsing does.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

import libcst as cst

Line: TypeAlias = cst.SimpleStatementLine | cst.BaseCompoundStatement
# Where a statement holds others.
_BLOCKS: Final = ("body", "handlers", "orelse", "finalbody", "cases")
_Node = TypeVar("_Node", bound=ast.AST)


class _Fields(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of each kind of node that may hold others."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        self[kind] = tuple(name for name in kind._fields if name not in _HOLD_NONE)
        return self[kind]


# Texts, numbers, and whether a name is read or written.
_HOLD_NONE: Final = frozenset(
    {"ctx", "id", "attr", "arg", "n", "s", "kind", "level", "module", "type_comment", "conversion"}
)
_FIELDS: Final = _Fields()
Nodes: TypeAlias = Sequence[cst.BaseStatement] | Sequence[Line]


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """One statement: its libcst node, its ``ast`` node, and the statements inside it."""

    node: Line
    syntax: ast.stmt
    inner: tuple[Statement, ...] = ()

    @property
    def line(self) -> int:
        """First line, counted from 1."""
        return self.syntax.lineno

    @property
    def last_line(self) -> int:
        """Last line, counted from 1."""
        return self.syntax.end_lineno or self.syntax.lineno

    @property
    def first_line_with_comments(self) -> int:
        """First line of the comments and blanks that libcst counts to the statement."""
        return self.line - len(self.node.leading_lines)

    def walk(self) -> Iterator[Statement]:
        """Yield the statement and everything inside it, in the order of the text."""
        yield self
        for statement in self.inner:
            yield from statement.walk()


def statements(nodes: Nodes, syntax: Sequence[ast.stmt]) -> tuple[Statement, ...]:
    """Pair the statements of one block.

    Raises
    ------
    ValueError
        When the trees differ, which would be a bug of one of the parsers.
    """
    pairs: list[Statement] = []
    rest = iter(syntax)
    for node in nodes:
        if isinstance(node, cst.SimpleStatementLine):
            pairs.extend(Statement(node, next(rest)) for _ in node.body)
        elif isinstance(node, cst.BaseCompoundStatement):
            other = next(rest)
            pairs.append(Statement(node, other, _inner(node, other)))
    if next(rest, None) is not None:
        raise ValueError("the two syntax trees of this script hold different statements")
    return tuple(pairs)


def nested(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a block and all those inside them, in the order of the text.

    Expressions hold no statements and are by far the most of a tree, so this is much quicker than
    ``ast.walk``.
    """
    for statement in body:
        yield statement
        for field in _BLOCKS:
            for part in getattr(statement, field, ()):
                # An except clause and a case are no statements, but hold some.
                yield from nested([part] if isinstance(part, ast.stmt) else part.body)


def names_in(syntax: ast.AST) -> Iterator[ast.Name]:
    """Yield the names of a tree in no particular order."""
    return nodes_in(syntax, ast.Name)


def nodes_in(syntax: ast.AST, kind: type[_Node]) -> Iterator[_Node]:
    """Yield the nodes of a kind in no particular order, much quicker than ``ast.walk`` does."""
    pending: list[Any] = [syntax]
    while pending:
        node = pending.pop()
        if isinstance(node, kind):
            yield node
        for field in _FIELDS[type(node)]:
            value = getattr(node, field, None)
            if isinstance(value, list):
                pending.extend(item for item in value if isinstance(item, ast.AST))
            elif isinstance(value, ast.AST):
                pending.append(value)


def _inner(node: cst.BaseCompoundStatement, syntax: ast.stmt) -> tuple[Statement, ...]:
    found: list[Statement] = []
    for block, body in _blocks(node, syntax):
        if isinstance(block, cst.IndentedBlock):
            found.extend(statements(block.body, body))
    return tuple(found)


def _blocks(node: Any, syntax: Any) -> Iterator[tuple[cst.BaseSuite, Sequence[ast.stmt]]]:
    """Yield each block of a compound statement from both trees.

    ``elif`` and an ``if`` inside ``else`` are alike in ``ast``, so libcst's tree leads.
    """
    if isinstance(node, cst.Match):
        for case, other in zip(node.cases, syntax.cases, strict=True):
            yield case.body, other.body
        return
    yield node.body, syntax.body
    for handler, other in zip(
        getattr(node, "handlers", ()), getattr(syntax, "handlers", ()), strict=True
    ):
        yield handler.body, other.body
    orelse = getattr(node, "orelse", None)
    if isinstance(orelse, cst.If):
        yield from _blocks(orelse, syntax.orelse[0])
    elif orelse is not None:
        yield orelse.body, syntax.orelse
    final = getattr(node, "finalbody", None)
    if final is not None:
        yield final.body, syntax.finalbody
