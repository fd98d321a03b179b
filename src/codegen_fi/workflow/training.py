"""Train in a folder, and the two ways that lead there: from a script, from the example."""

from __future__ import annotations

import os
import shlex
import time
from pathlib import Path

from codegen_fi.errors import UsageError
from codegen_fi.workflow.records import RewriteOptions, Steps, Trained, TrainOptions
from codegen_fi.workflow.scripts import found_at, parsed, written_to

DEMO_DATA = "data.csv"


def train(
    folder: Path, data: Path, options: TrainOptions | None = None, steps: Steps | None = None
) -> Trained:
    """Train in an emitted folder and read the results.

    Raises
    ------
    UsageError
        The folder isn't an emitted one, or the data don't fit; no outputs are left then.
    TrainingFailedError
        Training or explaining failed; what was written stays.
    EnvironmentBuildError
        The environment to train in can't be built.
    """
    from codegen_fi.run import interpreter, read_results, run_training

    options, steps = options or TrainOptions(), steps or Steps()
    _check_validation(_validates_apart(folder), folder, options)
    if not (folder / "train.py").is_file():
        raise UsageError(f"{folder} has lost its train.py. Rewrite the script again with --force.")
    outputs = options.outputs or folder / "outputs"
    _refuse_unwritable(outputs)
    arguments = [f"--training-data={data}", f"--outputs={outputs}", *options.arguments()]
    if options.validation_data is not None:
        arguments.insert(1, f"--validation-data={options.validation_data}")
    started = time.monotonic()
    python = interpreter(options.environment, folder, steps.tell)
    run_training(python, folder, arguments, steps.events)
    return Trained(folder, read_results(outputs), time.monotonic() - started)


def run(
    where: Path,
    data: Path,
    out: Path,
    options: TrainOptions | None = None,
    steps: Steps | None = None,
    force: bool = False,
) -> Trained:
    """Rewrite a script and train it; the folder stays when the training fails.

    Raises
    ------
    CodegenFiError
        As `rewrite_to_folder` and `train`.
    """
    options, steps = options or TrainOptions(), steps or Steps()
    _refuse_missing(data, options.validation_data)
    found = found_at(where)
    script = parsed(found)
    _check_validation(script.model.has_validation_dataset, where, options)
    rewriting = RewriteOptions(
        force=force, training_data=data, validation_data=options.validation_data
    )
    written = written_to(found, script, out, rewriting)
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


def _validates_apart(folder: Path) -> bool:
    """Tell whether the script in an emitted folder loads a second table."""
    from codegen_fi.render import read_manifest

    script = read_manifest(folder).content.get("script", {})
    return any(d.get("role") == "validation" for d in script.get("datasets", ()))


def _check_validation(wanted: bool, where: Path, options: TrainOptions) -> None:
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
