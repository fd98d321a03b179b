"""``codegen-fi rewrite``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from codegen_fi.cli import _connection, _console, _options, _rewriting
from codegen_fi.cli._progress import following
from codegen_fi.errors import DONE
from codegen_fi.workflow import RewriteOptions, rewrite_to_folder

_WOULD_CHANGE = 1


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
    help="Write nothing and tell what would change; exit 1 when something would.",
)
@_options.rewriting
@_options.form
@_connection.service
def command(
    script: str,
    out: Path | None,
    data: Path | None,
    validation_data: Path | None,
    force: bool,
    check: bool,
    form: str,
    **options: Any,
) -> int:
    """Make a folder that trains and explains anywhere.

    Give a generated script, a folder or zip that holds one, or a run: azureml:<run id>,
    mlflow:<run id>.  Nothing of it is run.

    With --check the exit code is 0 when nothing would change: the script was rewritten before,
    or the folder of --out is up to date.  It is 1 when something would, and 3 when the script
    can't be rewritten.

    \b
    Examples:
      codegen-fi rewrite script.py --out my-model
      codegen-fi rewrite script.py --check
      codegen-fi rewrite script.py --out my-model --skip drop-telemetry
    """  # noqa: D301 - the backspace is click's mark of a block to leave as it is
    if out is None and not check:
        raise click.UsageError("Missing option '--out'.")
    where = _connection.taken(options)
    rewriting = _options.rewriting_taken(options)
    wanted = RewriteOptions(force, check, data, validation_data, rewriting)
    with following() as steps:
        written = rewrite_to_folder(script, out, wanted, where, steps)
    if form == "json":
        _console.print_json(_rewriting.record(script, written, check))
    else:
        _rewriting.print_outcome(script, written, check)
    return _WOULD_CHANGE if check and written.would_change else DONE
