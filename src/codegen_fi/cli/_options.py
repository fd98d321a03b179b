"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from codegen_fi.cli import _words
from codegen_fi.model.options import RUNTIMES, Options
from codegen_fi.runtime.run_budget import BUDGET
from codegen_fi.runtime.run_values import with_group
from codegen_fi.workflow import TrainOptions

F = TypeVar("F", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)
_METHODS = ("auto", "native", "permutation", "shap", "none")

form = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="For people or for programs.",
)
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


def _number_or(*words: str) -> Callable[[str], int | str]:
    """Return what reads a number from 1 on, or one of some words."""

    def read(text: str) -> int | str:
        if text in words:
            return text
        if text.isdecimal() and int(text) > 0:
            return int(text)
        raise click.BadParameter(
            f"{text!r} is neither a number from 1 on nor {' nor '.join(words)}."
        )

    return read


def _groups(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse what is no group."""
    found = None
    for text in given:
        try:
            found = with_group(found, text)
        except ValueError as error:
            raise click.BadParameter(f"{error}.") from error
    return given


_OUTPUTS = click.option(
    "--outputs",
    type=PATH,
    metavar="DIR",
    help="Folder for the results.  [default: outputs in the folder]",
)
_TRAINING = (
    click.option(
        "--env",
        "environment",
        default="current",
        show_default=True,
        callback=lambda _, __, given: given if given in ("current", "managed") else Path(given),
        metavar="current|managed|PYTHON",
        help="Use this Python, one made for what the folder or model requires, or another.",
    ),
    _OUTPUTS,
    click.option(
        "--importance",
        cls=_words.Words,
        known=_METHODS,
        type=click.Choice(_METHODS),
        default=("auto",),
        show_default="auto: native and permutation",
        help="How to compute importances, one way or several: auto,shap.",
    ),
    click.option(
        "--scoring", metavar="NAME", help="scikit-learn scorer for permutation.  [default: by task]"
    ),
    click.option(
        "--repeats",
        type=_number_or(_AUTO),
        default="5",
        show_default=True,
        metavar="N|auto",
        help="Shuffles per column; auto goes on until the order of the first columns is decided.",
    ),
    click.option(
        "--group",
        "groups",
        multiple=True,
        callback=_groups,
        metavar="auto|NAME=A,B",
        help="Columns to shuffle together as well; auto: those that move together.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Processes for permutation.  [default: all cores]",
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
        type=_number_or("all", _AUTO),
        default=_AUTO,
        show_default=True,
        metavar="N|all|auto",
        help=f"Rows to score on; auto takes all, unless their shuffles go beyond {BUDGET}.",
    ),
    click.option("--no-plot", is_flag=True, help="Draw no plots."),
)


def _names(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> frozenset[str]:
    """Split what may be repeated, separated by commas, or both."""
    named = frozenset(name.strip() for text in given for name in text.split(","))
    if "" in named:
        raise click.BadParameter("a name is missing. See codegen-fi rules.")
    return named


_REWRITING = (
    click.option(
        "--runtime",
        type=click.Choice(RUNTIMES),
        default=RUNTIMES[0],
        show_default=True,
        help="Packages to train with: open-source ones, or Microsoft's own.",
    ),
    click.option(
        "--rules",
        multiple=True,
        callback=_names,
        metavar="ID[,ID]",
        help="Apply only these rules, and those they build on.  [default: see codegen-fi rules]",
    ),
    click.option(
        "--skip", multiple=True, callback=_names, metavar="ID[,ID]", help="Leave these rules out."
    ),
    click.option(
        "--fix",
        "fixes",
        multiple=True,
        callback=_names,
        metavar="NAME[,NAME]",
        help="Mend a defect of the generator that changes the model; see codegen-fi rules.",
    ),
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


def explaining(command: F) -> F:
    """Add those options of a training that a model which exists can be explained with."""
    for option in reversed(_TRAINING):
        command = command if option is _OUTPUTS else option(command)
    return command


def rewriting(command: F) -> F:
    """Add the options of a rewriting to a command."""
    for option in reversed(_REWRITING):
        command = option(command)
    return command


def rewriting_taken(options: dict[str, Any]) -> Options:
    """Take the options of a rewriting out of all options of a command."""
    return Options(
        runtime=options.pop("runtime"),
        rules=options.pop("rules") or None,
        skip=options.pop("skip"),
        fixes=options.pop("fixes"),
    )


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
