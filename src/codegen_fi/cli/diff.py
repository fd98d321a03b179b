"""``codegen-fi diff``."""

from __future__ import annotations

from pathlib import Path

import click

from codegen_fi.cli import _diff_text, _options
from codegen_fi.workflow import diff


@click.command("diff")
@click.argument("folder", type=_options.PATH)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text"]),
    default="text",
    show_default=True,
    help="How to show it.",
)
def command(folder: Path, form: str) -> None:
    """Show what was changed and why.

    FOLDER was written by codegen-fi.  Piped, the output is a patch.
    """
    _diff_text.print_diff(diff(folder))
