"""``codegen-fi rewrite``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from codegen_fi.cli import _connection, _console, _options
from codegen_fi.cli._progress import following
from codegen_fi.workflow import RewriteOptions, rewrite_to_folder

_STALE = 1


@click.command("rewrite")
@click.argument("script", metavar="SCRIPT|DIR|RUN")
@click.option("--out", type=_options.PATH, metavar="DIR", help="Folder to write.")
@click.option("--data", type=_options.PATH, metavar="FILE", help="Table the notebook starts with.")
@click.option(
    "--validation-data", type=_options.PATH, metavar="FILE", help="Table the notebook validates on."
)
@_options.force
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; exit 1 when the folder isn't what would be written.",
)
@_connection.service
@click.pass_context
def command(
    ctx: click.Context,
    /,
    script: str,
    out: Path | None,
    data: Path | None,
    validation_data: Path | None,
    force: bool,
    check: bool,
    **service: Any,
) -> None:
    """Make a folder that trains and explains anywhere.

    Give a generated script, a folder or zip that holds one, or a run: azureml:<run id>,
    mlflow:<run id>.  Nothing of it is run.
    """
    if out is None and not check:
        raise click.UsageError("Missing option '--out'.")
    options = RewriteOptions(force, check, data, validation_data)
    with following() as steps:
        written = rewrite_to_folder(script, out, options, _connection.taken(service), steps)
    if written.rewritten.already:
        _console.say(
            f"{script} was rewritten before: nothing to change, nothing written. "
            "To write it anew, rewrite the original script.py."
        )
        return
    if not check:
        _console.print_written(written)
        return
    _console.print_warnings(written)
    if written.stale:
        _console.say(f"{out} differs in: {', '.join(written.stale)}")
        ctx.exit(_STALE)
    _console.say(f"{script} can be rewritten" if out is None else f"{out} is up to date")
