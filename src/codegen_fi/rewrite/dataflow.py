"""Which statements depend on a name, followed through plain assignments."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator

import libcst as cst

from codegen_fi.parse.imports import imported_names
from codegen_fi.parse.statements import Statement, names_in

_REFITS = frozenset({"fit", "fit_transform", "partial_fit", "set_params"})


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
    return {node.id for node in names_in(syntax) if isinstance(node.ctx, ast.Load)}


def bound(syntax: ast.AST) -> set[str]:
    """Return the names a statement assigns."""
    return {node.id for node in names_in(syntax) if isinstance(node.ctx, ast.Store)}


def own(statement: Statement) -> set[str]:
    """Return the names a statement reads itself, not in the statements inside it."""
    inside = {id(inner.syntax) for inner in statement.inner}
    found: set[str] = set()
    pending: list[ast.AST] = [statement.syntax]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add(node.id)
        pending.extend(child for child in ast.iter_child_nodes(node) if id(child) not in inside)
    return found


def lost(
    statements: Collection[Statement], dropped: Collection[Statement]
) -> Iterator[tuple[str, Statement]]:
    """Yield the names that nothing binds any more, with the statements that still read them.

    Parameters
    ----------
    statements
        All statements of one function, nested ones included.
    dropped
        Those of them that are to be taken out.
    """
    kept = [s for s in statements if s not in dropped]
    bound_still = {name for s in kept for name in _binds(s)}
    gone = {name for s in dropped for name in _binds(s)} - bound_still
    for statement in kept:
        for name in sorted(own(statement) & gone):
            yield name, statement


def _binds(statement: Statement) -> set[str]:
    return set(imported_names([statement])) | bound(statement.syntax)


def refitted(syntax: ast.AST) -> set[str]:
    """Return the names of the objects that a statement fits anew or changes a part of."""
    found: set[str] = set()
    for node in ast.walk(syntax):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in _REFITS:
                found |= _root(node.func)
        elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            found |= _root(node)
    return found


def _root(node: ast.expr) -> set[str]:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return {node.id} if isinstance(node, ast.Name) else set()
