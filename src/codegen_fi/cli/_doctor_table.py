"""Print what the doctor found: a line each, and below it what to do where something is wrong.

Without rich: of all commands this one must speak when a package is missing.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Final

import click

from codegen_fi.cli import _console

if TYPE_CHECKING:
    from codegen_fi.workflow.doctor_records import Check, Diagnosis

_COLOURS: Final[Mapping[str, str]] = {"ok": "green", "no": "red", "warning": "yellow"}
_STATE_WIDTH: Final = max(map(len, _COLOURS)) + 4
_NARROWEST: Final = 40


def print_diagnosis(diagnosis: Diagnosis) -> None:
    """Print all checks by area, then the sum."""
    names = max(len(_console.clean(check.name)) for check in diagnosis.checks) + 2
    for area, checks in groupby(diagnosis.checks, key=lambda check: check.area):
        click.echo(_styled(area))
        for check in checks:
            for line in _rows(check, names):
                click.echo(line)
        click.echo()
    click.echo(_sum(diagnosis))


def _rows(check: Check, names: int) -> Iterator[str]:
    """Yield the lines of one check; only text is wrapped, a command stays whole to be copied."""
    indent = " " * (_STATE_WIDTH + names)
    state = _styled(f"  {check.state}".ljust(_STATE_WIDTH), _COLOURS[check.state])
    first, *others = list(_wrapped(check.found, len(indent))) or [""]
    yield f"{state}{_console.clean(check.name).ljust(names)}{first}".rstrip()
    for line in others:
        yield f"{indent}{line}"
    if check.fix:
        yield indent + _styled(f"-> {_console.clean(check.fix)}", "cyan")


def _wrapped(text: str, indent: int) -> Iterator[str]:
    for line in text.split("\n"):
        clean = _console.clean(line).strip()
        if sys.stdout.isatty():
            width = max(shutil.get_terminal_size().columns - indent, _NARROWEST)
            yield from textwrap.wrap(clean, width, break_on_hyphens=False)
        else:
            yield clean


def _styled(text: str, colour: str | None = None) -> str:
    if os.environ.get("NO_COLOR"):
        return text
    return click.style(text, fg=colour, bold=colour in {None, "red"})


def _sum(diagnosis: Diagnosis) -> str:
    if not diagnosis.core_works:
        return "The core does not work: repair what is marked no under packages."
    counts = dict.fromkeys(_COLOURS, 0)
    for check in diagnosis.checks:
        counts[check.state] += 1
    counted = ", ".join(f"{count} {state}" for state, count in counts.items())
    return f"The core works. {counted}; a no matters only where it is needed."
