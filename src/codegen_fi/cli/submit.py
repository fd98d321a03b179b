"""``codegen-fi submit``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from codegen_fi.cli import _connection, _console, _options, _words
from codegen_fi.cli._progress import following
from codegen_fi.workflow.submitting import SubmitOptions, SubmitResult, describe_job, submit

# Of a training here, not of one there.
_LOCAL = frozenset({"environment", "outputs"})


@click.command("submit", cls=_words.Command)
@click.argument("folder", type=_options.PATH)
@click.option("--compute", required=True, metavar="NAME", help="Existing compute to train on.")
@click.option(
    "--data",
    metavar="URI",
    help="Table to train on: azureml:NAME:VERSION, azureml://datastores/..., https://...  "
    "[default: the run's own]",
)
@click.option("--validation-data", metavar="URI", help="Table to validate on, likewise.")
@click.option(
    "--environment",
    "registered",
    metavar="NAME:VERSION|run",
    help="Registered environment, or the one the run used.  [default: made from requirements.txt]",
)
@click.option("--experiment", metavar="NAME", help="Experiment of the job.  [default: the run's]")
@click.option("--dry-run", is_flag=True, help="Print the job as YAML and send nothing.")
@_options.training
@_connection.azure
def command(
    folder: Path,
    compute: str,
    data: str | None,
    validation_data: str | None,
    registered: str | None,
    experiment: str | None,
    dry_run: bool,
    **options: Any,
) -> None:
    """Hand the training of a folder to Azure ML as a job.

    For data too large for one machine.

    FOLDER was written by codegen-fi.  Only its own files are sent; results come back as the
    job's outputs.  --dry-run needs no workspace.

    \b
    Examples:
      codegen-fi submit my-model --compute cpu-cluster
      codegen-fi submit my-model --compute cpu-cluster --data azureml:churn:3 --dry-run
    """  # noqa: D301 - the backspace is click's mark of a block to leave as it is
    where = _connection.taken(options)
    training = _options.train_options(**options)
    job = SubmitOptions(compute, data, validation_data, registered, experiment, training)
    if dry_run:
        with following() as steps:
            text = describe_job(folder, job, where, steps)
        sys.stdout.write(text)
        return
    with following() as steps:
        result = submit(folder, job, where, steps)
    _print(result)


command.params = [item for item in command.params if item.name not in _LOCAL]


def _print(result: SubmitResult) -> None:
    job = result.submitted
    if result.left:
        _console.say(
            f"note: {len(result.left)} files in the folder are not codegen-fi's and were not "
            f"sent, such as {result.left[0]}"
        )
    out = _console.out()
    out.print(f"Job {_console.clean(job.name)}: {_console.clean(job.status)}", soft_wrap=True)
    if job.studio_url:
        out.print(_console.clean(job.studio_url), soft_wrap=True)
    out.print(
        f"Results, once done: az ml job download --name {_console.clean(job.name)}",
        soft_wrap=True,
    )
