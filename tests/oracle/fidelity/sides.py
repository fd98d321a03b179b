"""Bring the results of a side up to date: run what is missing or was made from something else."""

import json
import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fidelity import emit, store
from lanes import HERE as CORPUS
from lanes import Lane

ORACLE = Path(__file__).resolve().parents[1]
LIBRARIES = (
    "numpy", "scipy", "pandas", "pyarrow", "scikit-learn", "lightgbm", "xgboost-cpu", "xgboost",
    "joblib",
)  # fmt: skip
ASK_VERSIONS = """
import sys
from importlib.metadata import distributions
found = {d.metadata["Name"]: d.version for d in distributions()}
print(sys.version.split()[0], *(f"{name}={found[name]}" for name in sys.argv[1:] if name in found))
"""
Say = Callable[[str], None]


class SideError(Exception):
    """A side's process ended before its jobs did."""


@dataclass(frozen=True, slots=True)
class Portable:
    """An environment in which rewritten scripts run."""

    name: str
    python: Path

    def libraries(self) -> str:
        return versions(self.python)


@cache
def versions(python: Path) -> str:
    """Releases of Python and of the libraries that a result may depend on."""
    command = [python, "-c", ASK_VERSIONS, *LIBRARIES]
    return subprocess.run(command, text=True, capture_output=True, check=True).stdout.strip()


def run_official(lane: Lane, names: Sequence[str], say: Say) -> None:
    """Run the originals of a lane in its own environment, where that isn't done yet."""
    place = store.folder_of(lane) / store.OFFICIAL
    with store.locked(place):
        jobs = []
        for name in names:
            case, kept = lane.corpus / name, store.kept(lane, store.OFFICIAL, name)
            key = store.official_key(lane, case)
            if not kept.is_made_from(key):
                jobs.append({"folder": str(case), "key": key, "out": str(kept.path)})
        python = lane.environment / "bin" / "python"
        _run([python, "-W", "ignore", "-m", "fidelity.official"], jobs, say)


def run_portable(lane: Lane, side: Portable, names: Sequence[str], say: Say) -> None:
    """Run the rewritten scripts of a lane in an environment, where that isn't done yet."""
    with store.locked(store.folder_of(lane) / "emitted"):
        emit.write_runtime(lane)
        folders = {name: emit.emitted(lane, lane.corpus / name) for name in names}
    place = store.folder_of(lane) / side.name
    with store.locked(place):
        found = [_portable_job(lane, side, name, folders[name]) for name in names]
        jobs = [job for job in found if job is not None]
        _run([side.python, "-W", "ignore", "-m", "fidelity.portable"], jobs, say)


def _portable_job(lane: Lane, side: Portable, name: str, folder: Path) -> Mapping[str, Any] | None:
    case, kept = lane.corpus / name, store.kept(lane, side.name, name)
    if emit.refusal(folder):
        return None
    key = store.portable_key(lane, case, folder / "train.py", side.libraries())
    if kept.is_made_from(key) and kept.has_modules_of(folder) and not kept.lacked_a_module:
        return None
    arguments = [f"--training-data={case / 'train.csv'}"]
    if (case / "valid.csv").exists():
        arguments.append(f"--validation-data={case / 'valid.csv'}")
    said = str(kept.path) + ".log"
    return {
        "folder": str(folder), "arguments": arguments, "key": key, "out": str(kept.path),
        "said": said, "official": str(store.kept(lane, store.OFFICIAL, name).path) + ".npz",
    }  # fmt: skip


def _run(command: Sequence[str | Path], jobs: Sequence[Mapping[str, Any]], say: Say) -> None:
    """Give a process one job after the other, saying what came of each."""
    if not jobs:
        return
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ORACLE), str(CORPUS)]),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": "1",
    }
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number, job in enumerate(jobs, 1):
            print(json.dumps(job), file=process.stdin, flush=True)
            answer = process.stdout.readline()
            if not answer:
                raise SideError(f"{command[0]} ended at {job['out']}")
            say(f"{number}/{len(jobs)} {Path(job['out']).name} {answer.rstrip()}")
        # All is kept; the official packages' telemetry would hold up the end.
        process.terminate()
