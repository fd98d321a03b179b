"""Runs of the command on a case, each made once for all the tests and workers that look at it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE_SECONDS = 1_200


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished run of the command, with the case it was run on."""

    case: Path
    out: Path
    exit_code: int
    stdout: str
    stderr: str

    @property
    def name(self) -> str:
        return self.case.name

    @property
    def facts(self) -> Mapping[str, Any]:
        return json.loads((self.case / "case.json").read_text(encoding="utf-8"))

    @property
    def training_data(self) -> Path:
        return self.case / "train.csv"

    @property
    def outputs(self) -> Path:
        return self.out / "outputs"

    @property
    def manifest(self) -> Mapping[str, Any]:
        return json.loads((self.out / "codegen-fi.json").read_text(encoding="utf-8"))

    def text(self, name: str) -> str:
        return (self.out / name).read_bytes().decode("utf-8")


def run_tool(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    # Two cases run at a time: one thread each, so that they do not wait for each other.
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "codegen_fi", *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", env=environment, check=False,
    )  # fmt: skip


def once(case: Path, folder: Path, run: Callable[[str, Path], Outcome]) -> Outcome:
    """Run a case in a folder that all workers share, or wait for the worker that does."""
    out, ended = folder / case.name, folder / "ended.json"
    if is_first(folder):
        outcome = run(case.name, out)
        words = {"code": outcome.exit_code, "out": outcome.stdout, "err": outcome.stderr}
        partial = folder / "ending.json"
        partial.write_text(json.dumps(words), encoding="utf-8")
        partial.rename(ended)
        return outcome
    wait_for(ended)
    words = json.loads(ended.read_text(encoding="utf-8"))
    return Outcome(case, out, words["code"], words["out"], words["err"])


def is_first(folder: Path) -> bool:
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir()
    except FileExistsError:
        return False
    return True


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not appear: its worker died"
        time.sleep(0.2)
