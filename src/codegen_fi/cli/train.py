"""``codegen-fi train``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from codegen_fi.cli import _connection, _options, _training_table, _words
from codegen_fi.cli._progress import following
from codegen_fi.workflow import train


@click.command("train", cls=_words.Command)
@click.argument("folder", type=_options.PATH)
@_options.data
@_options.validation_data
@_options.training
@_connection.service
def command(folder: Path, data: Path, **options: Any) -> None:
    """Train in a folder and save the importances.

    FOLDER was written by codegen-fi.
    """
    where = _connection.taken(options)
    training = _options.train_options(**options)
    with following() as steps:
        trained = train(folder, _options.table(data), training, steps, where)
    _training_table.print_trained(trained)
