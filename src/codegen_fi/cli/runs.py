"""``codegen-fi runs``."""

from __future__ import annotations

from typing import Any

import click

from codegen_fi.cli import _connection, _console, _options, _run_tables
from codegen_fi.cli._progress import following
from codegen_fi.workflow import runs


@click.command("runs")
@click.argument("parent", metavar="PARENT")
@_options.form
@click.option(
    "--metric",
    metavar="NAME",
    help="What to sort by: NAME, NAME:min or NAME:max.  [default: the primary metric]",
)
@_connection.service
def command(parent: str, form: str, metric: str | None, **options: Any) -> None:
    """List the models of an AutoML run, best first.

    PARENT is azureml:<run id> or mlflow:<run id>; a child leads to its siblings.
    """
    with following() as steps:
        children = runs(parent, _connection.taken(options), steps, metric)
    if form == "json":
        _console.print_json(_run_tables.children_record(children))
    else:
        _run_tables.print_children(children)
