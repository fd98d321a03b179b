"""Parameters of the script's functions that rewriting adds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import libcst as cst

from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.rewrite.edits import note
from codegen_fi.rewrite.engine import Edit

_ONE_LINE = re.compile(r"\s*def\s.*\)[^()]*:\s*(?:#.*)?$")


def add_parameter(
    script: Script, site: FunctionSite, *names: str, why: str, default: str | None = None
) -> Edit:
    """Give a function further parameters, behind those it has.

    Raises
    ------
    ScriptNotUnderstoodError
        Its signature takes more than a line, or a parameter has one of the names.
    """
    line = site.syntax.lineno
    text = script.text.split("\n")[line - 1]
    taken = [name for name in names if name in site.parameters]
    if taken or not _ONE_LINE.match(text) or site.syntax.args.vararg or site.syntax.args.kwonlyargs:
        raise refusal(
            script.name,
            line,
            f"{site.name}() needs a parameter for the file to read, and this line has no place "
            f"for one. Add it: {', '.join(names)}.",
        )
    new = [_parameter(name, default) for name in names]

    def change(node: Any) -> Any:
        before: Sequence[cst.Param] = node.params.params
        return node.with_changes(
            params=node.params.with_changes(params=[*_separated(before), *new])
        )

    return Edit(site.statement, site.statement.node, change, (note(why, site.name, line, line),))


def _parameter(name: str, default: str | None) -> cst.Param:
    if default is None:
        return cst.Param(cst.Name(name))
    nothing = cst.SimpleWhitespace("")
    equal = cst.AssignEqual(whitespace_before=nothing, whitespace_after=nothing)
    return cst.Param(cst.Name(name), default=cst.parse_expression(default), equal=equal)


def _separated(before: Sequence[cst.Param]) -> list[cst.Param]:
    if not before:
        return []
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    return [*before[:-1], before[-1].with_changes(comma=comma)]
