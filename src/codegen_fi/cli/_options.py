"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from codegen_fi.workflow import TrainOptions

F = TypeVar("F", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)
_METHODS = ("auto", "native", "permutation", "none")

data = click.option(
    "--data",
    required=True,
    type=PATH,
    metavar="FILE|auto",
    help="Table to train on (csv, parquet, ...); auto downloads the run's own.",
)
_AUTO = "auto"
force = click.option(
    "--force", is_flag=True, help="Replace a folder written before; your edits are never replaced."
)
_TRAINING = (
    click.option(
        "--env",
        "environment",
        type=click.Choice(["current", "managed"]),
        default="current",
        show_default=True,
        help="Train with this Python, or with one made for the folder's requirements.",
    ),
    click.option(
        "--outputs",
        type=PATH,
        metavar="DIR",
        help="Folder for the results.  [default: outputs in the folder]",
    ),
    click.option(
        "--importance",
        multiple=True,
        type=click.Choice(_METHODS),
        default=("auto",),
        show_default="auto: native and permutation",
        help="How to compute importances; may be given several times.",
    ),
    click.option(
        "--scoring", metavar="NAME", help="scikit-learn scorer for permutation.  [default: by task]"
    ),
    click.option(
        "--repeats",
        type=click.IntRange(min=1),
        default=5,
        show_default=True,
        help="Shuffles per column.",
    ),
    click.option(
        "--top",
        type=click.IntRange(min=1),
        default=20,
        show_default=True,
        help="Columns in the plot.",
    ),
    click.option(
        "--seed",
        type=click.IntRange(0, 2**32 - 1),
        default=0,
        show_default=True,
        help="Seed of the shuffles.",
    ),
    click.option(
        "--max-rows",
        type=click.IntRange(min=1),
        metavar="ROWS",
        help="Most rows to score on.  [default: all]",
    ),
    click.option("--no-plot", is_flag=True, help="Draw no plots."),
)
validation_data = click.option(
    "--validation-data",
    type=PATH,
    metavar="FILE",
    help="Table to validate on, for a script that has one of its own.",
)


def training(command: F) -> F:
    """Add the options of a training to a command."""
    for option in reversed(_TRAINING):
        command = option(command)
    return command


def table(data: Path) -> Path | None:
    """Return the table a user names; None for the run's own (a file of that name is ./auto)."""
    return None if str(data) == _AUTO else data


def train_options(no_plot: bool, importance: tuple[str, ...], **options: Any) -> TrainOptions:
    """Turn the options of the command line into a record.

    Raises
    ------
    click.UsageError
        ``none`` stands beside another method, or a table is named that isn't needed.
    """
    if str(options.get("validation_data")) == _AUTO:
        raise click.UsageError(
            "--data auto brings the validation table as well: leave out --validation-data."
        )
    methods = tuple(dict.fromkeys(importance))
    if "none" in methods and len(methods) > 1:
        raise click.UsageError("--importance none can't stand beside another method.")
    return TrainOptions(plot=not no_plot, importance=methods, **options)
