"""Explain a model that exists: find it, say what it is, ask, load it elsewhere, keep results."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from codegen_fi.errors import TrainingFailedError, UsageError
from codegen_fi.workflow.connecting import Connection, opened, settings_for
from codegen_fi.workflow.explained_folder import explained_mark, kept_record
from codegen_fi.workflow.fitting_data import refuse_unfit, refuse_unknown_scoring
from codegen_fi.workflow.fitting_model import doubted, fitting_columns, refuse_missing_packages
from codegen_fi.workflow.model_environment import environment_of
from codegen_fi.workflow.plotting import draw_if_possible
from codegen_fi.workflow.records import Steps, TrainOptions

if TYPE_CHECKING:
    from codegen_fi.run import Results
    from codegen_fi.sources.models import Model

_RUNTIME: Final = "codegen_fi_runtime"
_LOG_HINT: Final = re.compile(r" \(the traceback is in [^)]*\)")


@dataclass(frozen=True)
class Explained:
    """The outcome of explaining a model.

    Attributes
    ----------
    folder
        The results.
    model
        What was loaded.
    results
        The importances.
    seconds
        How long it took.
    """

    folder: Path
    model: Model
    results: Results
    seconds: float


@dataclass(frozen=True)
class ExplainOptions:
    """What is explained.

    Attributes
    ----------
    data
        Table with the columns the model takes and the label.
    label
        Name of the label column.
    weights
        Column that says how much each row counts; the model doesn't take it.
    task
        ``classification`` or ``regression``; None asks the model.
    metric
        What to choose a child run by.
    training
        Environment, methods and all that a training takes as well.
    """

    data: Path
    label: str
    weights: str | None = None
    task: str | None = None
    metric: str | None = None
    training: TrainOptions = field(default_factory=TrainOptions)


def explain_model(
    where: str,
    out: Path,
    options: ExplainOptions,
    agree: Callable[[Model, str], bool],
    steps: Steps | None = None,
    force: bool = False,
    connection: Connection | None = None,
) -> Explained:
    """Explain a model that exists already.

    Parameters
    ----------
    where
        A file, a folder, or a run.
    out
        Folder for the results; it appears whole or not at all.
    options
        Data, label, methods, environment.
    agree
        Asked, with what is about to be loaded and the environment in words, before anything of
        the model is run; False ends it.

    Raises
    ------
    UsageError
        There is no model, it can't be explained, the data don't fit it, the folder can't be
        written, or the user doesn't agree.
    TrainingFailedError
        The model can't be loaded, or explaining it failed; the table is kept if there is one.
    EnvironmentBuildError
        The environment it needs can't be built.
    SourceError
        The run or its model can't be had.
    """
    from codegen_fi.render import refuse_occupied

    steps = steps or Steps()
    refuse_occupied(out, force, explained_mark())
    for table in filter(None, (options.data, options.training.validation_data)):
        if not table.exists():
            raise UsageError(f"{table} does not exist. Give the path of a table with the label.")
    refuse_unknown_scoring(options.training, options.weights)
    tables = (options.data, options.training.validation_data)
    columns = refuse_unfit(tables, options.training, options.label, options.weights)
    started = time.monotonic()
    with _model(where, connection, steps, options.metric) as found:
        model = doubted(found, options.training)
        for table, names in columns.items():
            model = fitting_columns(model, names, table, options.label)
        environment = environment_of(model, options.training.environment)
        if environment.there is not None:
            refuse_missing_packages(model, environment.there)
        steps.quiet()
        if not agree(model, environment.words):
            raise UsageError("Nothing was loaded, because you did not agree.")
        python = environment.python(steps.tell)
        results = _explained(model, python, out, options, steps, force)
    return Explained(out, model, results, time.monotonic() - started)


@contextmanager
def _model(
    where: str, connection: Connection | None, steps: Steps, metric: str | None
) -> Iterator[Model]:
    """Find the model; a downloaded one is kept as long as the ``with`` block lasts."""
    from codegen_fi.sources import parse_address
    from codegen_fi.sources.models import describe, fetch_model, find_model

    address = parse_address(where)
    if address.kind == "path":
        if metric is not None:
            raise UsageError(f"{where} is a path; --metric chooses among runs.")
        yield describe(find_model(address.path))
        return
    if not address.run_id:
        raise UsageError(f"{where} names no run. Give {address.kind}:<run id>.")
    with tempfile.TemporaryDirectory(prefix="codegen-fi-") as folder:
        with opened(settings_for(address, connection or Connection()), steps) as remote:
            steps.tell(f"Connecting to {remote.where} ({remote.settings.client})")
            remote.connect()
            fetched = fetch_model(remote, address.run_id, Path(folder), metric, steps.tell)
            there = f"{fetched.source} of run {fetched.run.run_id} in {remote.where}"
        yield describe(fetched.place, there)


def _explained(
    model: Model,
    python: Path,
    out: Path,
    options: ExplainOptions,
    steps: Steps,
    force: bool,
) -> Results:
    from codegen_fi.render import write_folder
    from codegen_fi.render.runtime_files import runtime_files
    from codegen_fi.run import read_results
    from codegen_fi.run.explaining import TABLE, in_place_of, outputs_of, run_explaining

    # Paths of the user in the messages stay as they were given; the outputs are renamed.
    with tempfile.TemporaryDirectory(prefix="codegen-fi-") as folder:
        made = Path(folder) / "outputs"
        failure: BaseException | None = None
        try:
            given = _arguments(model, options)
            shared = _needs_runtime(model)
            run_explaining(python, runtime_files(), given, made, steps.events, shared)
        except TrainingFailedError as error:
            failure = in_place_of(error, made, out)
            if not (made / TABLE).is_file():
                # Nothing is kept then, so that no file can be pointed to.
                raise TrainingFailedError(_LOG_HINT.sub("", str(failure))) from error
        except KeyboardInterrupt as ended:
            failure = ended
            # A part takes no whole one's place.
            if not (made / TABLE).is_file() or (out / TABLE).exists():
                raise
        except UsageError as error:
            raise in_place_of(error, made, out) from error
        if isinstance(failure, KeyboardInterrupt):
            steps.tell(f"What was done before goes to {out}; codegen-fi plot draws it.")
        elif options.training.plot:
            draw_if_possible(made, options.training.top, steps.tell)
        files = outputs_of(made, out)
        record = kept_record(model, options.label, _kept(options, python), files)
        write_folder({**files, explained_mark().name: record}, out, force, explained_mark())
    if failure is not None:
        raise failure
    return read_results(out)


def _arguments(model: Model, options: ExplainOptions) -> list[str]:
    place = model.place
    named = {
        "--training-data": options.data,
        "--validation-data": options.training.validation_data,
        "--model": place.path,
        "--model-format": place.form,
        "--model-class": place.model_class,
        "--sha256": model.sha256,
        "--called": model.where,
        "--label": options.label,
        "--weights": options.weights,
        "--task": options.task,
    }
    given = [f"{name}={value}" for name, value in named.items() if value is not None]
    given += [f"--import-from={folder.resolve()}" for folder in place.imports]
    # Pictures need only the table: they are drawn here, whatever the model's environment has.
    return [*given, *replace(options.training, outputs=None, plot=False).arguments()]


def _kept(options: ExplainOptions, python: Path) -> Mapping[str, Any]:
    """Return what the record says of how it was explained."""
    training = options.training
    return {
        "data": options.data.name,
        "validation_data": training.validation_data.name if training.validation_data else None,
        "weights": options.weights,
        "arguments": training.arguments(),
        "python": str(python),
    }


def _needs_runtime(model: Model) -> bool:
    """Tell whether the model's classes are of the runtime, and no copy of it lies beside it."""
    brought = any((folder / _RUNTIME / "__init__.py").is_file() for folder in model.place.imports)
    return _RUNTIME in model.packages and not brought
