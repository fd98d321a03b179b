"""Importances of real tables, ours against others': time, memory and agreement.

    python benchmarks/importances.py [WORD ...] [--tables speed rankings costs jobs]
                                     [--mimic PYTHON] [--write]

A case runs when its name has one of the words in it; all run without words.  Each measurement is
a process of its own on one thread, on a model that was fitted once.

speed     permutation against scikit-learn's with equal shuffles on the whole pipeline
rankings  how far other rankings agree with ours: those of shap and of the mimic explainer
costs     time and memory of these
jobs      one process against two, on the clock

The mimic explainer is left out without ``--mimic``, the Python of its own environment.
``--write`` puts the tables into ``docs/benchmarks.md``; rows of cases that did not run stay.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import importances_tables as tables
from importances_cases import CASES, Case
from importances_tables import COSTS, JOBS, RANKINGS, SPEED

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
THREADS = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
LONGEST = 1800
LOOK_AGAIN = 0.5


class Session:
    """Measures cases, remembering which packages it met."""

    def __init__(self, mimic: str | None) -> None:
        self._mimic = mimic
        self.versions: dict[str, dict[str, str]] = {}

    def rows(self, name: str, case: Case, kinds: list[str]) -> Iterator[tuple[str, str]]:
        """Give a case's row of each kind of table."""
        with tempfile.TemporaryDirectory() as folder:
            fit = self._run("fit", case, folder)
            if fit is None:
                return
            mine = self._run("ours", case, folder)
            yield from self._compared(case, kinds, folder, fit, mine)
            if JOBS in kinds and case.jobs:
                two = self._run("ours in two", case, folder)
                yield JOBS, tables.jobs_row(case, mine, two)

    def _compared(
        self, case: Case, kinds: list[str], folder: str, fit: Any, mine: Any
    ) -> Iterator[tuple[str, str]]:
        if SPEED in kinds:
            sklearns = self._run("scikit-learn", case, folder)
            yield SPEED, tables.speed_row(case, fit, mine, sklearns)
        if not case.ranked or not {RANKINGS, COSTS} & {*kinds}:
            return
        found = {way: self._run(way, case, folder) for way in self._ways(case)}
        if RANKINGS in kinds:
            yield RANKINGS, tables.rankings_row(case, fit, mine, found)
        if COSTS in kinds:
            yield COSTS, tables.costs_row(case, fit, found)

    def _ways(self, case: Case) -> list[str]:
        ways = ["our shap"]
        # The package explains no ensemble of different models.
        if case.model != "voting" and find_spec("shap") is not None:
            ways.append("shap")
        return ways if self._mimic is None else [*ways, "mimic"]

    def _run(self, way: str, case: Case, folder: str) -> dict[str, Any] | None:
        """Run one way in a process of its own; None when it fails."""
        python = self._mimic if way == "mimic" else sys.executable
        source = {"PYTHONPATH": str(HERE.parent / "src")} if way == "mimic" else {}
        command = [str(python), str(HERE / "importances_child.py"), way, json.dumps(asdict(case))]
        out, errors = (Path(folder) / name for name in ("out.txt", "errors.txt"))
        with out.open("wb") as stdout, errors.open("wb") as stderr:
            child = subprocess.Popen(
                [*command, folder],
                env={**os.environ, **THREADS, **source},
                stdout=stdout,
                stderr=stderr,
            )
            tree = watched(child)
        if child.returncode:
            lines = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            print(f"  {way} failed: {lines[-1:] or child.returncode}", file=sys.stderr)
            return None
        result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8").splitlines()[-1])
        self.versions["Mimic" if way == "mimic" else "Others"] = result.pop("versions")
        return {**result, "tree": tree}


def watched(child: subprocess.Popen[bytes]) -> float:
    """Wait for a process; give the most memory it and its children held together, in MB."""
    most = 0.0
    ends = time.monotonic() + LONGEST
    while child.poll() is None:
        if time.monotonic() > ends:
            child.kill()
        most = max(most, held_by(child.pid))
        time.sleep(LOOK_AGAIN)
    return most


def held_by(pid: int) -> float:
    """Add up the memory of a process and its children; what they share counts once."""
    process = Path(f"/proc/{pid}")
    try:
        lines = (process / "smaps_rollup").read_text(encoding="ascii").splitlines()
        children = (process / "task" / str(pid) / "children").read_text(encoding="ascii").split()
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) / 1024
    return own + sum(held_by(int(each)) for each in children)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("words", nargs="*", metavar="WORD", help="in the names of the cases to run")
    parser.add_argument("--tables", nargs="+", choices=list(tables.HEADS), default=[*tables.HEADS])
    parser.add_argument("--mimic", metavar="PYTHON", help="of the mimic explainer's environment")
    parser.add_argument("--write", action="store_true", help="put the tables into the docs")
    arguments = parser.parse_args()
    words = arguments.words or [""]
    chosen = [name for name in CASES if any(word in name for word in words)]
    if not chosen:
        parser.error(f"no case has {' or '.join(words)} in its name: {', '.join(CASES)}")
    if JOBS in arguments.tables and not {*arguments.tables} - {JOBS}:
        chosen = [name for name in chosen if CASES[name].jobs]
    session = Session(arguments.mimic or None)
    for name in chosen:
        for kind, row in session.rows(name, CASES[name], arguments.tables):
            print(f"{kind}: | {name} | {row} |", flush=True)
            if arguments.write:
                note = tables.versions_line(session.versions)
                tables.write(kind, {name: row}, list(CASES), note)


if __name__ == "__main__":
    main()
