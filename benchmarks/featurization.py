"""Time and memory of featurizing, the official runtime against ours on the same rows.

    python benchmarks/featurization.py [--rows N ...] [--tables NAME ...] [--write FILE]

Each side runs in a process of its own: ``fit_transform`` on N rows, ``transform`` on N others.
Seconds are of the processor, so that other work on the machine matters less; megabytes are the
peak above what was there before, the table included.  The goals: 3 times as fast on every table, 10
times on categories and dates, and no more memory.
``--keep FOLDER`` keeps what a side measured and takes it from there as long as neither these files
nor the runtime's have changed: a million rows take the official side minutes for each table.
``--write docs/benchmarks.md`` puts what was measured into that page, in place of what it holds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from featurization_tables import TABLES

HERE = Path(__file__).parent
OFFICIAL = Path("~/.cache/codegen-fi/official-1.62/bin/python").expanduser()
PREFIXES = {"official": "azureml.training.tabular", "ours": "codegen_fi.runtime.automl"}
BEGIN, END = "<!-- featurization: begin -->", "<!-- featurization: end -->"
CLOSE = 1e-6
HEAD = ("table", "rows", "", "official s", "ours s", "ratio", "official MB", "ours MB", "ratio")


def side(name: str, python: Path, table: str, rows: int) -> dict[str, Any]:
    """Run one side and return what it measured."""
    command = [python, HERE / "featurization_child.py", PREFIXES[name], table, rows]
    sources = HERE.parent / "src"
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, "PYTHONPATH": str(sources), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def kept(
    folder: Path | None, name: str, python: Path, table: str, rows: int, place: int
) -> dict[str, Any]:
    """Take what a side measured from a folder, or run it and put that there."""
    if folder is None:
        return side(name, python, table, rows)
    path = folder / f"{name}-{table}-{rows}-{place}-{contents(name)}.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(side(name, python, table, rows)), encoding="ascii")
    answers: dict[str, Any] = json.loads(path.read_text(encoding="ascii"))
    return answers


@cache
def contents(name: str) -> str:
    """Hash the files on which a measurement depends."""
    files = [HERE / "featurization_child.py", HERE / "featurization_tables.py"]
    if name == "ours":
        runtime = HERE.parent / "src/codegen_fi/runtime/automl"
        for part in ("featurization", "sklearn_pandas"):
            files += sorted((runtime / part).rglob("*.py"))
    total = hashlib.blake2b(digest_size=6)
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def agreement(official: dict[str, Any], ours: dict[str, Any]) -> str:
    """Say how well two matrices agree: to the bit, to 1e-6, or not."""
    if official["facts"] != ours["facts"] or official["parts"] != ours["parts"]:
        return "no"
    if official["data"] == ours["data"]:
        return "to the bit"
    pairs = [(official[part], ours[part]) for part in ("sums", "cells")]
    close = all(np.allclose(one, other, rtol=CLOSE, atol=0) for one, other in pairs)
    return "to 1e-6" if close else "no"


def measured(
    table: str, rows: int, rounds: int, official: Path, folder: Path | None
) -> Iterator[list[str]]:
    """Yield the lines of one table: fit, then transform."""
    sides = {"official": official, "ours": Path(sys.executable)}
    runs = [
        tuple(kept(folder, name, python, table, rows, place) for name, python in sides.items())
        for place in range(rounds)
    ]
    for step in ("fit", "transform"):
        seconds = [
            statistics.median(run[which][step]["processor"] for run in runs) for which in (0, 1)
        ]
        size = [statistics.median(run[which][step]["bytes"] for run in runs) for which in (0, 1)]
        matrices = [run[step]["matrix"] for run in runs[-1]]
        yield [
            table,
            f"{rows:,}",
            step,
            *(f"{value:.2f}" for value in seconds),
            f"{seconds[0] / seconds[1]:.1f}",
            *(f"{value / 1e6:,.0f}" for value in size),
            f"{size[1] / size[0]:.2f}",
            f"{matrices[1]['bytes'] / 1e6:,.0f}",
            agreement(*matrices),
        ]
    versions[:] = [
        ", ".join(f"{name} {version}" for name, version in answers["versions"].items())
        for answers in runs[-1]
    ]


versions: list[str] = []


def page(lines: list[list[str]], command: str) -> str:
    """Return the section in Markdown."""
    head = [*HEAD, "matrix MB", "equal"]
    rows = [head, ["---"] * len(head), *lines]
    official, ours = versions
    return "\n".join(
        [
            BEGIN,
            f"`{command}`",
            "",
            *(f"| {' | '.join(row)} |" for row in rows),
            "",
            f"Official: {official}. Ours: {ours}. {os.cpu_count()} processors.",
            END,
        ]
    )


def put_into(path: Path, text: str) -> None:
    """Replace the section of a page."""
    before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(before + text + after, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", nargs="+", type=int, default=[10_000, 1_000_000])
    parser.add_argument("--tables", nargs="+", choices=TABLES, default=list(TABLES))
    parser.add_argument("--rounds", type=int, default=1, help="median of so many (default 1)")
    parser.add_argument("--official", type=Path, default=OFFICIAL, help="its Python")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where measurements are kept")
    parser.add_argument("--write", type=Path, metavar="FILE", help="page to put the table into")
    given = parser.parse_args()

    lines = []
    print("".join(f"{title:>12}" for title in (*HEAD, "matrix MB", "equal")))
    for rows in given.rows:
        for table in given.tables:
            for line in measured(table, rows, given.rounds, given.official, given.keep):
                print("".join(f"{cell:>12}" for cell in line), flush=True)
                lines.append(line)
    if given.write:
        put_into(
            given.write, page(lines, "python benchmarks/featurization.py " + " ".join(sys.argv[1:]))
        )


if __name__ == "__main__":
    main()
