"""Expressions to values, without evaluating anything."""

from __future__ import annotations

import ast

from codegen_fi.model.values import Expression, Value

_NON_FINITE = {"inf", "-inf", "nan"}


def value_of(node: ast.expr) -> Value:
    """Return a literal as its value, anything else as its source text.

    Tuples, dicts and non-finite numbers stay text as well: JSON has no word for them, and a
    tuple read back as a list would be another argument.
    """
    if isinstance(node, ast.List):
        return tuple(value_of(item) for item in node.elts)
    literal = constant_of(node)
    if literal is None and not _is_none(node):
        return Expression(ast.unparse(node))
    return literal


def constant_of(node: ast.expr) -> bool | int | float | str | None:
    """Return the value of a plain constant, None for anything else (and for ``None`` itself)."""
    sign = 1
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node, sign = node.operand, -1
    if not isinstance(node, ast.Constant):
        return None
    value = node.value
    if isinstance(value, bool | str):
        return value if sign == 1 else None
    if isinstance(value, int):
        return sign * value
    if isinstance(value, float) and str(value) not in _NON_FINITE:
        return sign * value
    return None


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def dotted(node: ast.AST) -> str | None:
    """Return ``a.b.c`` for a name or attribute chain, None for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return None if before is None else f"{before}.{node.attr}"
    return None


def called(node: ast.AST) -> str | None:
    """Return the dotted name a call calls, None for anything that isn't such a call."""
    return dotted(node.func) if isinstance(node, ast.Call) else None


def keywords(call: ast.Call) -> dict[str, ast.expr]:
    """Return the keyword arguments of a call in order; ``**`` arguments are left out."""
    return {k.arg: k.value for k in call.keywords if k.arg is not None}


def named(item: ast.expr) -> tuple[str, ast.expr] | None:
    """Return the parts of a ``('name', value)`` tuple, None for anything else."""
    match item:
        case ast.Tuple(elts=[ast.Constant(value=str(name)), value]):
            return name, value
        case _:
            return None


def items(node: ast.expr | None) -> list[ast.expr]:
    """Return the items of a list display, none for anything else."""
    return node.elts if isinstance(node, ast.List) else []
