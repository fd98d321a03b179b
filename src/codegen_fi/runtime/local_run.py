"""The run object of a training outside Azure ML: the same methods, results in a folder.

The generated code logs its metrics to ``Run.get_context()``; with this one the lines that do
so stay as they are.
"""

from __future__ import annotations

import argparse
import logging
import pickle
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from .errors import ExplanationError
from .last_words import show_failure
from .run_log import RunLog, warn_of
from .run_options import RunOptions, add_local_arguments
from .run_outputs import Outputs, replacing
from .run_pictures import drawn
from .run_progress import reporter

__all__ = ["LocalRun", "Run", "add_local_arguments"]

logger = logging.getLogger("azureml.training.tabular")

METRICS_SCHEMA_VERSION = 1
_PICKLE_PROTOCOL = 5  # read by every Python from 3.8 on


class LocalRun:
    """One training run on this machine.

    Parameters
    ----------
    options
        Where results go and how the model is explained.

    Attributes
    ----------
    id
        A fixed name: a local run isn't registered anywhere.
    metrics
        Scalar metrics by name.
    tables
        The other metrics by name: confusion matrix, accuracy table, residuals, predictions.
    task
        ``classification`` or ``regression``; None asks the model.
    progress
        Takes the steps ``(done, total, text)`` of explaining; None: they go to standard error.
    """

    id = "local"
    task: str | None = None

    def __init__(self, options: RunOptions) -> None:
        self.options = options
        self.progress: Callable[[int, int, str], object] | None = None
        self.metrics: dict[str, Any] = {}
        self.tables: dict[str, Any] = {}
        self._log = RunLog()
        self._outputs = Outputs(options.outputs, self._log.write_to)
        self._problems: list[str] = []

    @property
    def outputs(self) -> Path:
        """The folder the results go to."""
        return self.options.outputs

    def listen(self) -> None:
        """Collect the log lines and warnings from here on for ``run.log``."""
        self._log.attach()

    def log(self, name: str, value: Any, *_: Any, **__: Any) -> None:
        """Keep a metric; the last value of a name counts.

        Scripts of SDK 1.44 and before log their tables by this method as well.
        """
        is_table = isinstance(value, (dict, list, tuple)) or getattr(value, "ndim", 0) > 0
        kept = self.tables if is_table else self.metrics
        kept[name] = value

    def log_table(self, name: str, value: Any, *_: Any, **__: Any) -> None:
        """Keep a metric that is more than a number."""
        self.tables[name] = value

    log_list = log_accuracy_table = log_confusion_matrix = log_table
    log_predictions = log_residuals = log_table

    def log_row(self, name: str, *_: Any, **values: Any) -> None:
        """Add a row to a table."""
        self.tables.setdefault(name, []).append(values)

    def upload_folder(self, *_: Any, **__: Any) -> None:
        """Do nothing: what is uploaded is where it should be."""

    upload_file = upload_folder

    def save_model(self, model: Any) -> None:
        """Pickle the fitted model to ``model.pkl``, before anything else can fail.

        A model that can't be pickled is reported by `explain`, after all else is written.
        """
        path = self._outputs.open() / "model.pkl"
        try:
            with replacing(path) as temporary, temporary.open("wb") as stream:
                pickle.dump(model, stream, protocol=_PICKLE_PROTOCOL)
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - a part may refuse with anything
            self._log.note("The model cannot be pickled", error)
            self._problems.append(
                f"The model could not be saved, because a part of it cannot be pickled: {error}. "
                "Metrics and importances are of the model that was trained."
            )
        else:
            logger.info("Saved the model to %s", path)

    def write_metrics(self) -> Path:
        """Write ``metrics.json`` with what was logged so far."""
        content = {
            "schema_version": METRICS_SCHEMA_VERSION,
            "metrics": self.metrics,
            "tables": self.tables,
        }
        return self._outputs.write_json("metrics.json", content)

    def explain(
        self,
        model: Any,
        X_train: Any,
        y_train: Any,
        X_valid: Any = None,
        y_valid: Any = None,
        sample_weight: Any = None,
    ) -> Any:
        """Write the metrics and the importances of a fitted model.

        Parameters
        ----------
        model
            The fitted pipeline.
        X_train, y_train
            Rows it was fitted on, of shape (n_rows, n_columns) and (n_rows,).
        X_valid, y_valid
            Rows to score on; the training rows without them.
        sample_weight
            How much each row to score on counts, of shape (n_rows,); None for alike.

        Returns
        -------
        Explanation or None
            The importances; None with ``importance=("none",)``.

        Raises
        ------
        ExplanationError
            After all is written: the model could not be saved, or a method failed.
        """
        self.write_metrics()
        explanation = None
        if self.options.importance != ("none",):
            rows = (X_train, y_train, X_valid, y_valid)
            explanation = self._explained((model, *rows), sample_weight)
        if self._problems:
            problems = " ".join(" ".join(self._problems).split())
            self._log.note(problems)
            raise ExplanationError(problems)
        logger.info("Wrote the results to %s", self.outputs)
        return explanation

    def _explained(self, model_and_rows: Sequence[Any], sample_weight: Any) -> Any:
        from .importance import explain

        options = self.options
        try:
            explanation = explain(
                *model_and_rows,
                methods=options.importance,
                scoring=options.scoring,
                repeats=options.repeats,
                seed=options.seed,
                max_rows=options.max_rows,
                groups=options.group,
                n_jobs=options.jobs,
                progress=self.progress or reporter(),
                task=self.task,
                sample_weight=sample_weight,
                # What is killed can't say so any more.
                meanwhile=lambda so_far: so_far.save(self._outputs.open()),
            )
            explanation.save(self._outputs.open())
        except Exception as error:  # noqa: BLE001 - whatever it is, the model is saved
            self._log.note("The importances failed", error)
            self._problems.append(
                f"The importances of the model failed: {type(error).__name__}: {error} "
                f"(the traceback is in {self.outputs / 'run.log'})."
            )
            return None
        self._note_failures(explanation.failures)
        warn_of(explanation.header.skipped)
        if options.plot:
            self._plot()
        return explanation

    def _note_failures(self, failures: Sequence[tuple[str, str]]) -> None:
        if failures:
            texts = "; ".join(f"{method}: {reason}" for method, reason in failures)
            self._problems.append(
                f"Not all importances could be computed: {texts} "
                f"(see {self.outputs / 'feature_importance.csv'})."
            )

    def _plot(self) -> None:
        problem = drawn(self.outputs, self.options.top, self._log)
        if problem:
            self._problems.append(problem)


class Run:
    """Where the script finds its run, under the name the Azure ML package gives it."""

    _current: ClassVar[LocalRun | None] = None

    @classmethod
    def start(cls, arguments: argparse.Namespace | None = None, **options: Any) -> LocalRun:
        """Begin a run from parsed arguments (a script) or keywords (a notebook).

        See `RunOptions` for the keywords.
        """
        cls._current = LocalRun(RunOptions.of(arguments, **options))
        if arguments is not None:
            logging.captureWarnings(True)
            sys.excepthook = show_failure
        cls._current.listen()
        return cls._current

    @classmethod
    def get_context(cls, *_: Any, **__: Any) -> LocalRun:
        """Return the current run; a default one when none was started."""
        if cls._current is None:
            cls._current = LocalRun(RunOptions.of())
        return cls._current
