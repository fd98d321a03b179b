"""How the name of a dataset gets from the command line through ``main`` to its loader."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.calls import calls_of
from codegen_fi.rewrite.loaders import loader_of


@dataclass(frozen=True, slots=True, eq=False)
class Handover:
    """The way of one dataset.

    Attributes
    ----------
    role
        What the rows are for.
    parameter
        The parameter of ``main`` that says which dataset; None where it has none yet.
    position
        Its place among the parameters.
    statement, call
        Where ``main`` calls the loader.
    argument
        What the call hands over; None without an argument.
    """

    role: Literal["training", "validation"]
    parameter: str | None
    position: int | None
    statement: Statement
    call: ast.Call
    argument: ast.expr | None

    @property
    def option(self) -> str:
        """Name of the path among the parsed arguments, and of a new parameter."""
        return f"{self.role}_data"


def handovers(script: Script) -> tuple[Handover, ...]:
    """Follow each dataset from the loader up to the parameter of ``main``.

    Raises
    ------
    ScriptNotUnderstoodError
        A loader isn't called once, or with something else than an argument of ``main``.
    """
    main = script.functions.get(dialects.MAIN)
    return tuple(_handovers(script, main)) if main is not None else ()


def _handovers(script: Script, main: FunctionSite) -> Iterator[Handover]:
    for name, role in dialects.ROLES.items():
        site = script.functions.get(name)
        if site is None:
            continue
        loader = loader_of(script, name)
        if not site.parameters and (loader is None or loader.frame is None):
            continue  # It says itself where its rows are.
        parameter = loader.parameter if loader is not None else site.parameters[0]
        statement, call = _call_of(script, main, name)
        argument = _argument(site, parameter, call)
        given = argument.id if isinstance(argument, ast.Name) else ""
        if given in main.parameters:
            yield Handover(role, given, main.parameters.index(given), statement, call, argument)
        elif argument is None or _is_fixed(script, argument):
            yield Handover(role, None, None, statement, call, argument)
        else:
            raise refusal(
                script.name,
                statement.line,
                f"{dialects.MAIN}() should hand one of its arguments to {name}() as it is, "
                f"found {ast.unparse(argument)[:80]}.",
            )


def _call_of(script: Script, main: FunctionSite, name: str) -> tuple[Statement, ast.Call]:
    found = calls_of(name, main.walk())
    if len(found) == 1:
        return found[0]
    if found:
        raise refusal(
            script.name,
            found[1][0].line,
            f"{dialects.MAIN}() calls {name}() for the second time here. Load the rows once and "
            "pass them on.",
        )
    raise refusal(
        script.name,
        main.statement.line,
        f"{dialects.MAIN}() never calls {name}(), so nothing uses the rows it loads. Use them in "
        f"{dialects.MAIN}(), or take {name}() and its argument out of the script.",
    )


def _argument(site: FunctionSite, parameter: str | None, call: ast.Call) -> ast.expr | None:
    if parameter is None:
        return None
    for keyword in call.keywords:
        if keyword.arg == parameter:
            return keyword.value
    position = site.parameters.index(parameter)
    return call.args[position] if position < len(call.args) else None


def _is_fixed(script: Script, argument: ast.expr) -> bool:
    """Tell a text, also one of a name at the top of the script."""
    if isinstance(argument, ast.Name):
        return argument.id in script.source.constants
    return isinstance(argument, ast.Constant)
