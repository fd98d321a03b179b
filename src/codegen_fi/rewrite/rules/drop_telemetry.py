"""Take out the handler that sends log lines to Application Insights.

The generated ``setup_instrumentation`` runs when the script is imported and starts a background
thread that talks to the network; outside Azure it only delays the exit.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from codegen_fi.parse import dialects
from codegen_fi.parse.script import Script
from codegen_fi.rewrite.dataflow import dependents
from codegen_fi.rewrite.edits import remove
from codegen_fi.rewrite.engine import Arity, Edit, Rule

_WHY = (
    "Log lines stay on this machine: the handler would send them to Microsoft's telemetry service."
)


def plan(script: Script) -> Iterator[Edit]:
    """Remove the telemetry imports and every statement that lives on them."""
    site = script.functions.get(dialects.INSTRUMENTATION)
    if site is None:
        return
    imports = [s for s in site.walk() if _is_telemetry(s.syntax)]
    names = {
        alias.asname or alias.name
        for s in imports
        if isinstance(s.syntax, ast.ImportFrom)
        for alias in s.syntax.names
    }
    for statement in [*imports, *dependents(site.walk(), names)]:
        yield remove(site.statement, statement, _WHY)


def _is_telemetry(syntax: ast.stmt) -> bool:
    return isinstance(syntax, ast.ImportFrom) and (syntax.module or "").startswith(
        "azureml.telemetry"
    )


RULE = Rule(
    "drop-telemetry",
    "telemetry statements",
    Arity(),
    plan,
    why="Log lines of a local training must not be sent to Microsoft.",
)
