"""``codegen-fi show``."""

from __future__ import annotations

from typing import Any

import click

from codegen_fi.cli import _connection, _console, _options, _script_table
from codegen_fi.cli._progress import following
from codegen_fi.workflow import show


@click.command("show")
@click.argument("script", metavar="SCRIPT|DIR|RUN")
@_options.form
@_connection.service
def command(script: str, form: str, **options: Any) -> None:
    """Say what a script does: task, columns, models.

    Give a generated script, a folder or zip that holds one, or a run: azureml:<run id>,
    mlflow:<run id>.
    """
    with following() as steps:
        shown = show(script, _connection.taken(options), steps)
    if form == "json":
        _console.print_json(
            {"name": shown.name, "rewritten_by": shown.rewritten_by, "script": shown.model}
        )
    else:
        _script_table.print_script(shown)
