"""Take out the handler that sends log lines to Application Insights.

The generated ``setup_instrumentation`` runs when the script is imported and starts a background
thread that talks to the network; outside Azure it only delays the exit.
"""

from __future__ import annotations

from collections.abc import Iterator

from codegen_fi.parse import dialects
from codegen_fi.parse.script import Script
from codegen_fi.rewrite.azure_lines import telemetry_lines
from codegen_fi.rewrite.edits import remove
from codegen_fi.rewrite.engine import Arity, Edit, Rule

_WHY = (
    "Log lines stay on this machine: the handler would send them to Microsoft's telemetry service."
)


def plan(script: Script) -> Iterator[Edit]:
    """Remove the telemetry imports and every statement that lives on them."""
    for statement in telemetry_lines(script):
        yield remove(script.functions[dialects.INSTRUMENTATION].statement, statement, _WHY)


RULE = Rule(
    "drop-telemetry",
    "telemetry statements",
    Arity(),
    plan,
    why="Log lines of a local training must not be sent to Microsoft.",
)
