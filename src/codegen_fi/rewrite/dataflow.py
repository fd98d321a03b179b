"""Which statements depend on a name, followed through plain assignments."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import libcst as cst

from codegen_fi.parse.statements import Statement


def dependents(statements: Iterable[Statement], names: set[str]) -> Iterator[Statement]:
    """Yield the simple statements that use any of the names, or a variable made from them.

    Parameters
    ----------
    statements
        In the order of the text; compound statements are passed over, what is in them isn't.
    names
        Where to start, usually the names an import binds.
    """
    known = set(names)
    for statement in statements:
        if isinstance(statement.node, cst.SimpleStatementLine) and used(statement.syntax) & known:
            known |= bound(statement.syntax)
            yield statement


def used(syntax: ast.AST) -> set[str]:
    """Return the names an expression or statement reads."""
    return {
        node.id
        for node in ast.walk(syntax)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def bound(syntax: ast.AST) -> set[str]:
    """Return the names a statement assigns."""
    return {
        node.id
        for node in ast.walk(syntax)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
