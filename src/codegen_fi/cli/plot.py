"""``codegen-fi plot``."""

from __future__ import annotations

from pathlib import Path

import click

from codegen_fi.cli import _console, _options, _words
from codegen_fi.workflow.plotting import plot

_METHODS = ("permutation", "shap", "native", "native_coef", "coefficient")


@click.command("plot", cls=_words.Command)
@click.argument("folder", metavar="DIR", type=_options.PATH)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="Columns in the plots.",
)
@click.option(
    "--method",
    "methods",
    cls=_words.Words,
    known=_METHODS,
    metavar="NAME[,NAME]",
    help="Draw only these methods of the table.  [default: all]",
)
def command(folder: Path, top: int, methods: tuple[str, ...]) -> None:
    """Draw the plots again from the saved table.

    DIR was written by train, run or explain; no model is needed.
    """
    for path in plot(folder, top, methods, _console.warn):
        _console.out().print(_console.clean(path), soft_wrap=True)
