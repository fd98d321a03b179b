"""Print a diff: for a person with colours and reasons, into a pipe as it is in the file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from codegen_fi.cli import _console

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.text import Text

    from codegen_fi.render.patch import Patch, PatchHunk

_STYLES = {"+": "green", "-": "red", "\\": "dim"}
# As git sets it: leave what fits on the screen, keep colours, don't clear.
_LESS = "FRX"


def print_patch(patch: Patch, pages: bool = True) -> None:
    """Print a diff, on a terminal through the pager of the user."""
    from rich.text import Text

    console = _console.out()
    if not console.is_terminal:
        sys.stdout.buffer.write(patch.text().encode("utf-8"))
        return
    with console.capture() as captured:
        for line in _coloured(patch):
            # A line of code isn't broken; a reason is, under itself.
            console.print(line, soft_wrap=isinstance(line, Text))
    if not pages:
        click.echo(captured.get(), nl=False, color=True)
        return
    os.environ.setdefault("LESS", _LESS)
    click.echo_via_pager(captured.get(), color=True)


def print_stat(patch: Patch) -> None:
    """Print what each rule did: its places, and the lines of these that went and came."""
    right = {"justify": "right"}
    out, new = {**right, "style": _STYLES["-"]}, {**right, "style": _STYLES["+"]}
    table = _console.new_table(("rule", {}), ("places", right), ("out", out), ("in", new))
    for rule in patch.rules():
        own = patch.by({rule}).hunks
        counts = (len(own), sum(h.count("-") for h in own), sum(h.count("+") for h in own))
        table.add_row(rule, *map(str, counts))
    _console.out().print(table)
    whole = patch.hunks
    lines = f"{sum(h.count('-') for h in whole)} lines out, {sum(h.count('+') for h in whole)} in"
    _console.say(f"{len(whole)} places, {lines}; a place that several rules share counts for each.")


def print_patch_json(patch: Patch) -> None:
    """Print the hunks for a program."""
    _console.print_json(
        [
            {
                "first_line": hunk.first,
                "new_first_line": hunk.new_first,
                "reasons": [{"rule": rule, "why": why} for rule, why in hunk.reasons],
                "lines": hunk.lines,
            }
            for hunk in patch.hunks
        ]
    )


def _coloured(patch: Patch) -> Iterable[Text | Padding]:
    from rich.text import Text

    yield from (Text(_console.clean(line), style="dim") for line in patch.head)
    for hunk in patch.hunks:
        yield from _coloured_hunk(hunk)


def _coloured_hunk(hunk: PatchHunk) -> Iterable[Text | Padding]:
    from rich.padding import Padding
    from rich.text import Text

    yield Text()
    yield Text(f"script.py line {hunk.first}", style="bold cyan")
    for rule, why in hunk.reasons:
        reason = Text.assemble((rule, "bold cyan"), (f"  {_console.clean(why)}", "cyan"))
        yield Padding(reason, (0, 0, 0, 2), expand=False)
    for line in hunk.lines:
        yield Text(_console.clean(line), style=_STYLES.get(line[:1], ""))
