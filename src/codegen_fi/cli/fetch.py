"""``codegen-fi fetch``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from codegen_fi.cli import _connection, _options, _run_tables
from codegen_fi.cli._progress import following
from codegen_fi.workflow import fetch


@click.command("fetch")
@click.argument("run", metavar="[RUN]", default="")
@click.option("--out", type=_options.PATH, required=True, metavar="DIR", help="Folder to write.")
@click.option("--best-of", metavar="EXPERIMENT", help="Take the best model of an experiment.")
@click.option(
    "--metric",
    metavar="NAME",
    help="What to choose a model by: NAME, NAME:min or NAME:max.  [default: the primary metric]",
)
@_options.force
@_connection.service
def command(
    run: str, out: Path, best_of: str | None, metric: str | None, force: bool, **options: Any
) -> None:
    """Download the script of a run and what lies beside it.

    RUN is azureml:<run id>, mlflow:<run id>, the address of the run's page in the studio, or a
    path.  Of an AutoML run the best child is taken.

    \b
    Examples:
      codegen-fi fetch azureml:AutoML_1f0c --out run
      codegen-fi fetch azureml: --best-of churn --out run
      codegen-fi fetch mlflow:9a0e --tracking-uri sqlite:///mlflow.db --out run
    """  # noqa: D301 - the backspace is click's mark of a block to leave as it is
    if not run and best_of is None:
        raise click.UsageError("Missing argument 'RUN', or option '--best-of'.")
    where = _connection.taken(options)
    if not run:
        run = "mlflow:" if where.tracking_uri else "azureml:"
    with following() as steps:
        fetched = fetch(run, out, where, steps, force, best_of, metric)
    _run_tables.print_fetched(fetched)
