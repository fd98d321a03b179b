"""``codegen-fi run``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from codegen_fi.cli import _connection, _options, _training_table, _words
from codegen_fi.cli._progress import following
from codegen_fi.workflow import run


@click.command("run", cls=_words.Command)
@click.argument("script", metavar="SCRIPT|DIR|RUN")
@_options.data
@_options.validation_data
@click.option("--out", type=_options.PATH, required=True, metavar="DIR", help="Folder to write.")
@_options.force
@_options.rewriting
@_options.training
@_connection.service
def command(script: str, data: Path, out: Path, force: bool, **options: Any) -> None:
    """Rewrite a script and train it: the whole way.

    Give a generated script, a folder or zip that holds one, or a run: azureml:<run id>,
    mlflow:<run id>.

    \b
    Examples:
      codegen-fi run script.py --data train.csv --out my-model
      codegen-fi run azureml:AutoML_1f0c --data auto --out my-model
    """  # noqa: D301 - the backspace is click's mark of a block to leave as it is
    where = _connection.taken(options)
    rewriting = _options.rewriting_taken(options)
    training = _options.train_options(**options)
    with following() as steps:
        trained = run(script, _options.table(data), out, training, steps, force, where, rewriting)
    _training_table.print_trained(trained)
