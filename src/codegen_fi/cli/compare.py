"""``codegen-fi compare``."""

from __future__ import annotations

from pathlib import Path

import click

from codegen_fi.cli import _console, _options
from codegen_fi.cli._comparison_table import print_comparison
from codegen_fi.workflow.comparing import compare, write_comparison


@click.command("compare")
@click.argument("folders", nargs=-1, required=True, metavar="DIR DIR...", type=_options.PATH)
@click.option(
    "--out",
    type=_options.PATH,
    metavar="FILE",
    help="Also write a page with the tables and a plot.  [default: none]",
)
@click.option("--force", is_flag=True, help="Replace the page if it is there.")
@click.option(
    "--top", type=click.IntRange(min=1), default=20, show_default=True, help="Columns shown."
)
@_options.form
def command(folders: tuple[Path, ...], out: Path | None, force: bool, top: int, form: str) -> None:
    """Lay trained folders side by side.

    Each DIR was written by codegen-fi and trained: metrics, importances with their ranks against
    those of the first, and the settings that differ.
    """
    compared = compare(folders)
    if out is not None:
        write_comparison(compared, out, top, force)
    if form == "json":
        _console.print_json(compared)
    else:
        print_comparison(compared, top)
    if out is not None:
        _console.say(f"Wrote {out}")
