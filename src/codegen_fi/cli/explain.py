"""``codegen-fi explain``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from codegen_fi.cli import _connection, _consent, _console, _explained_table, _options, _words
from codegen_fi.cli._progress import following
from codegen_fi.workflow.explaining import ExplainOptions, explain_model


@click.command("explain", cls=_words.Command)
@click.argument("model", metavar="MODEL|DIR|RUN")
@click.option(
    "--data",
    required=True,
    type=_options.PATH,
    metavar="FILE",
    help="Table with the columns of the model and the label (csv, parquet, ...).",
)
@click.option("--label", required=True, metavar="COLUMN", help="Column that the model predicts.")
@click.option(
    "--weights", metavar="COLUMN", help="Column that says how much each row counts in the scores."
)
@click.option("--out", type=_options.PATH, required=True, metavar="DIR", help="Folder to write.")
@click.option(
    "--validation-data",
    type=_options.PATH,
    metavar="FILE",
    help="Table to score on, when --data holds what the model was trained on.",
)
@click.option(
    "--task",
    type=click.Choice(("classification", "regression")),
    help="What the model does.  [default: as it tells]",
)
@click.option(
    "--metric",
    metavar="NAME",
    help="What to choose among the models of an AutoML run by.  [default: the primary metric]",
)
@click.option("--yes", is_flag=True, help="Load the model without a question.")
@_options.force
@_options.form
@_options.explaining
@_connection.service
def command(
    model: str, data: Path, label: str, out: Path, yes: bool, force: bool, form: str, **options: Any
) -> None:
    """Compute the importances of a model that exists.

    Give a file of pickle, joblib or skops, an MLflow model folder, a folder that codegen-fi
    trained in, or a run: azureml:<run id>, mlflow:<run id>.

    Loading a model runs the code that its file names.  What it names is shown first, and you are
    asked; it is loaded in a process of its own.

    \b
    Examples:
      codegen-fi explain model.pkl --data test.csv --label churned --out why
      codegen-fi explain azureml:AutoML_1f0c --env managed --data test.csv --label churned --out why
    """  # noqa: D301 - the backspace is click's mark of a block to leave as it is
    where = _connection.taken(options)
    weights, task, metric = (options.pop(name) for name in ("weights", "task", "metric"))
    if "none" in options["importance"]:
        raise click.UsageError("--importance none leaves nothing to explain.")
    training = _options.train_options(**options)
    given = ExplainOptions(data, label, weights, task, metric, training)
    with following() as steps:
        explained = explain_model(
            model,
            out,
            given,
            lambda found, environment: _consent.agreed(found, environment, yes=yes),
            steps,
            force,
            where,
        )
    if form == "json":
        _console.print_json(_explained_table.record(explained))
    else:
        _explained_table.print_explained(explained)
