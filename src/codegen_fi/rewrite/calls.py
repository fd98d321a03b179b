"""Calls by name, and calls and dictionaries of both trees side by side inside one statement."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import libcst as cst

from codegen_fi.parse.literals import called
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.nodes import nodes_in


def calls_of(name: str, statements: Iterable[Statement]) -> list[tuple[Statement, ast.Call]]:
    """Return the calls of a function in the simple statements among these, with their statement."""
    return [
        (statement, node)
        for statement in statements
        if isinstance(statement.node, cst.SimpleStatementLine)
        for node in ast.walk(statement.syntax)
        if isinstance(node, ast.Call) and called(node) == name
    ]


def pairs(
    statement: Statement,
) -> Iterator[tuple[cst.Call | cst.Dict, ast.Call | ast.Dict]]:
    """Yield the calls and dictionaries of a simple statement, outer ones first.

    Both trees hold them in the order of the text, so equal counts make equal pairs.
    """
    found = [n for n in nodes_in(statement.node) if isinstance(n, cst.Call | cst.Dict)]
    nodes = [n for n in ast.walk(statement.syntax) if isinstance(n, ast.Call | ast.Dict)]
    nodes.sort(
        key=lambda n: (n.lineno, n.col_offset, -(n.end_lineno or 0), -(n.end_col_offset or 0))
    )
    if len(nodes) != len(found):
        raise ValueError("the two syntax trees of this statement hold different calls")
    for node, syntax in zip(found, nodes, strict=True):
        if isinstance(node, cst.Call) == isinstance(syntax, ast.Call):
            yield node, syntax
