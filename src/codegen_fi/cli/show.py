"""``codegen-fi show``."""

from __future__ import annotations

from pathlib import Path

import click

from codegen_fi.cli import _console, _options
from codegen_fi.workflow import show


@click.command("show")
@click.argument("script", type=_options.PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For people or for programs.",
)
def command(script: Path, form: str) -> None:
    """Say what a script does: task, columns, models.

    SCRIPT is a generated script, or a folder that holds one.
    """
    shown = show(script)
    if form == "json":
        _console.print_json(
            {"name": shown.name, "rewritten_by": shown.rewritten_by, "script": shown.model}
        )
    else:
        _console.print_script(shown)
