"""Other arguments for one call, all others as they are."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import libcst as cst

from codegen_fi.parse.script import Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.calls import pairs
from codegen_fi.rewrite.edits import note
from codegen_fi.rewrite.engine import Edit, refuse_shared_line


def given(
    script: Script,
    owner: Statement,
    statement: Statement,
    call: ast.Call,
    changed: Mapping[ast.expr | None, str] | Mapping[ast.expr, str],
    added: Mapping[str, str] | None = None,
    *,
    why: str,
) -> Edit:
    """Change some arguments of a call.

    Parameters
    ----------
    script, owner, statement, call
        Where the call is: the top-level statement, the line, the call in it.
    changed
        Argument -> the text in its place; None for a new positional one.
    added
        New keyword arguments.
    why
        The reason, for the reviewer.
    """
    refuse_shared_line(script, statement.node)
    node: cst.CSTNode = next(node for node, syntax in pairs(statement) if syntax is call)
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    values.sort(key=lambda value: (value.lineno, value.col_offset))
    texts = {i: changed[v] for i, v in enumerate(values) if v in changed}
    new = [cst.Arg(cst.parse_expression(text)) for key, text in changed.items() if key is None]
    new.extend(_keyword(name, text) for name, text in (added or {}).items())

    def change(updated: Any) -> Any:
        args = [
            arg.with_changes(value=cst.parse_expression(texts[i])) if i in texts else arg
            for i, arg in enumerate(updated.args)
        ]
        if args and new:
            comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
            args[-1] = args[-1].with_changes(comma=comma)
        return updated.with_changes(args=[*args, *new])

    name = getattr(owner.syntax, "name", None)
    record = note(why, name, statement.line, statement.last_line)
    return Edit(owner, node, change, (record,), statement.node)


def _keyword(name: str, text: str) -> cst.Arg:
    nothing = cst.SimpleWhitespace("")
    equal = cst.AssignEqual(whitespace_before=nothing, whitespace_after=nothing)
    return cst.Arg(cst.parse_expression(text), keyword=cst.Name(name), equal=equal)
