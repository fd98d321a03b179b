"""Explain a model in a process of its own, with a copy of the runtime that needs nothing of us."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from codegen_fi.errors import CodegenFiError
from codegen_fi.run.process import Events, run_program

# Not the name of the runtime beside a model, which may be another release of it.
_PACKAGE: Final = "codegen_fi_explaining"
_RUNTIME: Final = "codegen_fi_runtime"
_PROGRAM: Final = "explain_model.py"
_START: Final = f"""\
import sys

from {_PACKAGE}.explain_model import main

if __name__ == "__main__":
    sys.exit(main())
"""
TABLE: Final = "feature_importance.csv"
LOG: Final = "run.log"
RESULTS: Final = (TABLE, "feature_importance.json", LOG)


def run_explaining(
    python: Path,
    runtime: Mapping[str, bytes],
    arguments: Sequence[str],
    outputs: Path,
    events: Events | None = None,
    with_runtime: bool = False,
) -> None:
    """Explain a model with an interpreter.

    Parameters
    ----------
    python
        The interpreter.
    runtime
        Files of the runtime by their path below the folder it is in.
    arguments
        Command line of the runtime's ``explain_model``; paths in it are absolute.
    outputs
        Folder the results go to.
    events
        What to call meanwhile.
    with_runtime
        Whether the model's own classes are the runtime's, and it comes without them.

    Raises
    ------
    UsageError
        The data don't fit the model.
    TrainingFailedError
        The model can't be loaded, or explaining failed.
    """
    with _program(runtime, with_runtime) as program:
        run_program(python, program, [*arguments, f"--outputs={outputs}"], events)


@contextmanager
def _program(runtime: Mapping[str, bytes], with_runtime: bool) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="codegen-fi-") as folder:
        root = Path(folder)
        for name, content in runtime.items():
            inside = Path(name).relative_to(_RUNTIME)
            for package in (_PACKAGE, *([_RUNTIME] if with_runtime else ())):
                path = root / package / inside
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        program = root / _PROGRAM
        program.write_text(_START, encoding="utf-8")
        yield program


def outputs_of(folder: Path, final: Path) -> dict[str, bytes]:
    """Return the results in a folder by their name; the log names the folder they go to."""
    pictures = sorted(path.name for path in folder.glob("feature_importance*.*"))
    names = dict.fromkeys((*RESULTS, *pictures))
    found = {name: (folder / name).read_bytes() for name in names if (folder / name).is_file()}
    if LOG in found:
        found[LOG] = found[LOG].replace(os.fsencode(folder), os.fsencode(final))
    return found


def in_place_of(error: CodegenFiError, temporary: Path, final: Path) -> CodegenFiError:
    """Return an error whose message names the folder the user knows."""
    return type(error)(str(error).replace(str(temporary), str(final)))
