"""``codegen-fi run``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from codegen_fi.cli import _console, _options
from codegen_fi.cli._progress import following
from codegen_fi.workflow import run


@click.command("run")
@click.argument("script", type=_options.PATH)
@_options.data
@_options.validation_data
@click.option("--out", type=_options.PATH, required=True, metavar="DIR", help="Folder to write.")
@_options.force
@_options.training
def command(script: Path, data: Path, out: Path, force: bool, **options: Any) -> None:
    r"""Rewrite a script and train it: the whole way.

    SCRIPT is a generated script, or a folder that holds one.

    \b
    Example:
      codegen-fi run script.py --data train.csv --out my-model
    """
    with following() as steps:
        trained = run(script, data, out, _options.train_options(**options), steps, force)
    _console.print_trained(trained)
