"""Explain a model that exists already: the program that ``codegen-fi explain`` starts.

It runs in a process and, where need be, in an environment of its own, because loading a model
runs whatever code its file names.
"""

from __future__ import annotations

import argparse
import logging
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import DataError, ExplanationError
from .local_run import LocalRun
from .model_loading import FORMATS, ModelError, load_model, versions_apart
from .model_rows import Rows, fitting_rows, try_rows
from .run_options import RunOptions, add_local_arguments
from .tables import load_table

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger("azureml.training.tabular")

_UNSAID = "training"
_NO_MEMORY = (
    "The memory isn't enough to load the model and to read the data. Give fewer rows with --data, "
    "or run it where there is more memory."
)
GIVEN = "given"
"""What the rows are called when nobody says whether the model has seen them."""


class Explaining(LocalRun):
    """A run that trains nothing: its results are the importances and the log."""

    def __init__(self, options: RunOptions) -> None:
        # The pictures are drawn from the table once it says what its rows are.
        super().__init__(replace(options, plot=False))
        self._draws = options.plot

    def write_metrics(self) -> Path:
        """Write nothing: a model that exists is not scored anew."""
        return self.outputs

    def save_model(self, model: Any) -> None:
        """Keep nothing: the model has a file already."""

    def _explained(self, model_and_rows: Sequence[Any], sample_weight: Any) -> Any:
        explanation = super()._explained(model_and_rows, sample_weight)
        if explanation is None:
            return None
        if explanation.header.split == _UNSAID:
            named = replace(explanation.header, split=GIVEN)
            explanation = replace(explanation, header=named)
            explanation.save(self.outputs)
        if self._draws:
            self._plot()
        return explanation


def main(arguments: Sequence[str] | None = None) -> int:
    """Load, check, explain; the last line on standard error tells what failed.

    Returns
    -------
    int
        0 done; 1 the explanation failed; 2 the data or the options don't fit the model; 3 the
        model can't be loaded here.
    """
    options = _parser().parse_args(arguments)
    sys.path.extend(options.import_from)
    run = Explaining(RunOptions.of(options, outputs=options.outputs))
    run.task = options.task
    logging.captureWarnings(True)
    run.listen()
    _warn_on_standard_error()
    logger.info("Explaining %s (sha256 %s)", options.called or options.model, options.sha256)
    try:
        _explain(options, run)
    except ModelError as error:
        return _failed(error, 3)
    except (DataError, ValueError) as error:
        return _failed(error, 2)
    except ExplanationError as error:
        return _failed(error, 1)
    except MemoryError as error:
        return _failed(MemoryError(f"{_NO_MEMORY} {error}"), 1)
    return 0


def _warn_on_standard_error() -> None:
    """Show what is done with the rows and left out; the log alone would hardly be read."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("warning: %(message)s"))
    logger.addHandler(handler)


def _explain(options: argparse.Namespace, run: Explaining) -> None:
    # The data first: a wrong label shows in a second, loading may take minutes.
    paths = [Path(p) for p in (options.training_data, options.validation_data) if p is not None]
    named = {"label": options.label, "weights": options.weights}
    tables = [(path, load_table(path, **named)) for path in paths]
    model = load_model(Path(options.model), options.model_format, options.sha256, options.classed)
    given: list[Rows] = []
    for path, table in tables:
        rows = fitting_rows(model, table, options.label, path, options.task, options.weights)
        _check(model, rows)
        given.append(rows)
    first, last = given[0], given[-1]
    X_valid, y_valid = (None, None) if last is first else (last.X, last.y)
    run.explain(model, first.X, first.y, X_valid, y_valid, sample_weight=last.weights)


def _check(model: Any, rows: Rows) -> None:
    """Say what was done with the rows, and let the model predict some of them."""
    for line in rows.notes:
        logger.warning("%s", line)
    try:
        try_rows(model, rows)
    except Exception as error:
        apart = versions_apart(model)
        if isinstance(error, DataError) and not apart:
            raise
        raise ModelError(
            f"The model was loaded, but can't predict the rows of {rows.where}: "
            f"{type(error).__name__}: {error}.{apart}"
        ) from error


def _failed(error: BaseException, code: int) -> int:
    sys.stderr.write("error: " + " ".join(str(error).split()) + "\n")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="explain_model.py", description=__doc__)
    add_local_arguments(parser)
    parser.add_argument("--model", required=True, metavar="FILE", help="the model's file")
    parser.add_argument("--called", metavar="TEXT", help="what the log calls the model")
    parser.add_argument("--model-format", choices=FORMATS, default=FORMATS[0])
    parser.add_argument("--model-class", dest="classed", metavar="MODULE.CLASS")
    parser.add_argument("--sha256", required=True, metavar="HASH", help="of the model's file")
    parser.add_argument("--label", required=True, metavar="COLUMN", help="what it predicts")
    parser.add_argument("--weights", metavar="COLUMN", help="how much each row counts")
    parser.add_argument("--validation-data", metavar="PATH", help="table to score on")
    parser.add_argument("--task", choices=("classification", "regression"))
    parser.add_argument(
        "--import-from", action="append", default=[], metavar="DIR", help="folder with its modules"
    )
    return parser
