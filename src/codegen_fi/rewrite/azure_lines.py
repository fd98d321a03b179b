"""Which lines of a script only serve Azure, and which names are left without them."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.imports import imported_names
from codegen_fi.parse.remember import remembered
from codegen_fi.parse.script import FunctionSite, Script
from codegen_fi.parse.statements import Statement
from codegen_fi.rewrite.dataflow import dependents, lost, own
from codegen_fi.rewrite.loaders import loader_of
from codegen_fi.rewrite.saving import saving_lines


@remembered
def telemetry_lines(script: Script) -> tuple[Statement, ...]:
    """Return the telemetry imports of the instrumentation and what lives on them.

    Raises
    ------
    ScriptNotUnderstoodError
        Something else lives on them, too.
    """
    site = script.functions.get(dialects.INSTRUMENTATION)
    if site is None:
        return ()
    imports = [s for s in site.walk() if is_telemetry(s.syntax)]
    at_top = [s for s in script.source.statements if is_telemetry(s.syntax)]
    names = set(imported_names([*imports, *at_top]))
    lines = (*imports, *dependents(site.walk(), names))
    refuse_results(script, lines)
    refuse_lost(script, site, lines)
    return lines


def is_telemetry(syntax: ast.stmt) -> bool:
    """Tell an import of the package that sends log lines to Microsoft."""
    return isinstance(syntax, ast.ImportFrom) and (syntax.module or "").startswith(
        dialects.TELEMETRY
    )


def refuse_results(script: Script, dropped: Collection[Statement]) -> None:
    """Refuse to take out what a function returns, raises or changes."""
    for statement in dropped:
        if not isinstance(
            statement.syntax, ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.Expr
        ):
            raise refusal(
                script.name,
                statement.line,
                "this line uses what only works inside Azure ML, and taking it out would change "
                "what the function does. Write it without.",
            )


def refuse_lost(script: Script, site: FunctionSite, dropped: Collection[Statement]) -> None:
    """Refuse to take out lines that others in the function build on."""
    for name, statement in lost(tuple(site.walk()), dropped):
        raise refusal(
            script.name,
            statement.line,
            f"{name} comes from a line that only works inside Azure ML and goes, and no rule "
            "replaces this use of it. Take it out of the script.",
        )


def remaining_names(script: Script, owner: Statement | None = None) -> set[str]:
    """Return the names that are read when all lines that only serve Azure are gone.

    Parameters
    ----------
    script
        The script.
    owner
        The top-level statement to look at; None for all of them.
    """
    dropped = set(_dropped(script))
    owners = script.source.statements if owner is None else (owner,)
    kept = (s for top in owners for s in top.walk() if s not in dropped)
    return {name for statement in kept for name in own(statement)}


def _dropped(script: Script) -> Iterator[Statement]:
    yield from telemetry_lines(script)
    yield from (line for _, line in saving_lines(script))
    for name in dialects.ROLES:
        loader = loader_of(script, name)
        if loader is not None:
            for statement in loader.dropped:
                yield from statement.walk()
            if loader.frame is not None:
                yield loader.frame
