"""Train in a folder, and the two ways that lead there: from a script, from the example."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codegen_fi.errors import UsageError
from codegen_fi.model.options import Options
from codegen_fi.model.plain import to_plain
from codegen_fi.workflow.connecting import Connection, opened, settings_again
from codegen_fi.workflow.data import references_of, tables_of
from codegen_fi.workflow.fetching import located
from codegen_fi.workflow.fitting_data import read_by, refuse_unfit, refuse_unknown_scoring
from codegen_fi.workflow.records import RewriteOptions, Steps, Trained, TrainOptions
from codegen_fi.workflow.reviewing import write_review
from codegen_fi.workflow.rules import refuse_started_otherwise, refuse_unstartable
from codegen_fi.workflow.scripts import parsed, written_to

if TYPE_CHECKING:
    from codegen_fi.model.script import TrainingScript
    from codegen_fi.sources import Remote

DEMO_DATA = "data.csv"


def train(
    folder: Path,
    data: Path | None,
    options: TrainOptions | None = None,
    steps: Steps | None = None,
    connection: Connection | None = None,
) -> Trained:
    """Train in an emitted folder and read the results.

    Parameters
    ----------
    data
        The table to train on; None downloads the one of the run the script came from.
    connection
        How to reach that run.

    Raises
    ------
    UsageError
        The folder isn't an emitted one, or the data don't fit; no outputs are left then.
    TrainingFailedError
        Training or explaining failed; what was written stays.
    EnvironmentBuildError
        The environment to train in can't be built.
    """
    from codegen_fi.run import ANY_PYTHON, interpreter, read_results, run_training

    options, steps = options or TrainOptions(), steps or Steps()
    content = _manifest(folder)
    refuse_started_otherwise(folder, content)
    datasets = content.get("script", {}).get("datasets", ())
    if data is None:
        validates = _validates(datasets) and options.validation_data is None
        origin = content.get("origin", {})
        tables = _tables_again(origin, datasets, validates, connection, steps)
        data, options = tables["training"], _validating(options, tables)
    _check_validation(_validates(datasets), str(folder), options)
    if not (folder / "train.py").is_file():
        raise UsageError(f"{folder} has lost its train.py. Rewrite the script again with --force.")
    outputs = options.outputs or folder / "outputs"
    _refuse_unwritable(outputs)
    refuse_unknown_scoring(options)
    if options.groups:
        refuse_unfit((data, options.validation_data), options, None, None)
    # The script reads these rows when the model is trained already.
    refuse_unfit((options.validation_data,), options, *read_by(content.get("script", {})))
    arguments = [f"--training-data={data}", f"--outputs={outputs}", *options.arguments()]
    if options.validation_data is not None:
        arguments.insert(1, f"--validation-data={options.validation_data}")
    started = time.monotonic()
    needed = content.get("requires_python", ANY_PYTHON)
    python = interpreter(options.environment, folder, steps.tell, needed)
    try:
        run_training(python, folder, arguments, steps.events)
    finally:
        # A training that failed at its explanation left results, too.
        write_review(folder, outputs)
    return Trained(folder, read_results(outputs), time.monotonic() - started)


def run(
    where: str | Path,
    data: Path | None,
    out: Path,
    options: TrainOptions | None = None,
    steps: Steps | None = None,
    force: bool = False,
    connection: Connection | None = None,
    rewriting: Options | None = None,
) -> Trained:
    """Rewrite a script and train it; the folder stays when the training fails.

    Parameters
    ----------
    where
        A path, or a run.
    data
        The table to train on; None downloads the one of the run.
    connection
        How to reach the service of a run.
    rewriting
        Runtime, rules and repairs; they must leave a script that can be started.

    Raises
    ------
    CodegenFiError
        As `rewrite_to_folder` and `train`.
    """
    from codegen_fi.render import refuse_occupied

    options, steps, rewriting = options or TrainOptions(), steps or Steps(), rewriting or Options()
    refuse_unstartable(rewriting)
    _refuse_missing(data, options.validation_data)
    refuse_occupied(out, force)
    with located(where, connection, steps) as (found, remote):
        script = parsed(found)
        if data is None:
            validates = script.model.has_validation_dataset and options.validation_data is None
            tables = _tables(found.origin, script.model, validates, remote, connection, steps)
            data, options = tables["training"], _validating(options, tables)
    _check_validation(script.model.has_validation_dataset, where, options)
    folder = RewriteOptions(
        force=force,
        training_data=data,
        validation_data=options.validation_data,
        rewriting=rewriting,
    )
    written = written_to(found, script, out, folder)
    if written.rewritten.already:
        raise UsageError(
            f"{where} was rewritten before. Train its folder with: codegen-fi train DIR --data "
            + shlex.quote(str(data))
        )
    steps.wrote(written)
    return train(out, data, options, steps)


def demo(
    out: Path,
    options: TrainOptions | None = None,
    steps: Steps | None = None,
    force: bool = False,
) -> Trained:
    """Take the packaged example the whole way: folder, data, training, importances."""
    from codegen_fi.demo import data_bytes, script_bytes
    from codegen_fi.sources import Found

    steps = steps or Steps()
    found = Found("script.py", script_bytes(), {"kind": "demo"})
    data = out / DEMO_DATA
    rewriting = RewriteOptions(force=force, training_data=data)
    others = {DEMO_DATA: data_bytes()}
    written = written_to(found, parsed(found), out, rewriting, others)
    steps.wrote(written)
    return train(out, data, options, steps)


def _refuse_missing(*tables: Path | None) -> None:
    for table in tables:
        if table is not None and not table.exists():
            raise UsageError(f"{table} does not exist. Give the path of the training table.")


def _refuse_unwritable(outputs: Path) -> None:
    """Refuse a folder that can't be written before the training, not behind it."""
    there = next((p for p in (outputs, *outputs.absolute().parents) if p.exists()), outputs)
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise UsageError(f"{there} is not a folder that can be written. Choose another --outputs.")


def _manifest(folder: Path) -> Mapping[str, Any]:
    from codegen_fi.render import read_manifest

    return read_manifest(folder).content


def _validates(datasets: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a script loads a second table."""
    return any(d.get("role") == "validation" for d in datasets)


def _validating(options: TrainOptions, tables: Mapping[str, Path]) -> TrainOptions:
    if options.validation_data is not None:
        return options
    return replace(options, validation_data=tables.get("validation"))


def _tables(
    origin: Mapping[str, Any],
    script: TrainingScript,
    validates: bool,
    remote: Remote | None,
    connection: Connection | None,
    steps: Steps,
) -> dict[str, Path]:
    """Return the tables of a run, with the client that found its script if that is still there."""
    datasets = to_plain(script.datasets)
    if remote is None:
        return _tables_again(origin, datasets, validates, connection, steps)
    references = references_of(origin, datasets)
    return tables_of(remote.settings, lambda: remote, references, validates, steps)


def _tables_again(
    origin: Mapping[str, Any],
    datasets: Sequence[Mapping[str, Any]],
    validates: bool,
    connection: Connection | None,
    steps: Steps,
) -> dict[str, Path]:
    settings = settings_again(origin, connection or Connection())
    references = references_of(origin, datasets)
    with ExitStack() as stack:

        @cache
        def ask() -> Remote:
            remote = stack.enter_context(opened(settings, steps))
            steps.tell(f"Connecting to {remote.where} ({settings.client})")
            remote.connect()
            return remote

        return tables_of(settings, ask, references, validates, steps)


def _check_validation(wanted: bool, where: str | Path, options: TrainOptions) -> None:
    given = options.validation_data is not None
    if wanted and not given:
        raise UsageError(
            f"The script in {where} validates on a table of its own: "
            "give it with --validation-data."
        )
    if given and not wanted:
        raise UsageError(
            f"The script in {where} takes no validation table: leave out --validation-data."
        )
