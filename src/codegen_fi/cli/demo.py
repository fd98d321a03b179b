"""``codegen-fi demo``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from codegen_fi.cli import _options, _run_tables, _training_table, _words
from codegen_fi.cli._progress import following
from codegen_fi.workflow import demo, demo_store


@click.command("demo", cls=_words.Command)
@click.option(
    "--out",
    type=_options.PATH,
    default="codegen-fi-demo",
    show_default=True,
    metavar="DIR",
    help="Folder to write.",
)
@click.option(
    "--mlflow",
    "store",
    type=_options.PATH,
    metavar="DIR",
    help="Instead, make a run of the example in an MLflow store there, and fetch its script.",
)
@_options.force
@_options.training
def command(out: Path, store: Path | None, force: bool, **options: Any) -> None:
    """Take a bundled example the whole way, without Azure."""
    if store is not None:
        with following() as steps:
            fetched = demo_store(store, steps, force)
        _run_tables.print_fetched(fetched)
        return
    with following() as steps:
        trained = demo(out, _options.train_options(**options), steps, force=force)
    _training_table.print_trained(trained)
