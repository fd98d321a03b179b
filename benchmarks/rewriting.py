"""Time reading, rewriting and emitting against a libcst round trip, ``--help`` against Python.

    python benchmarks/rewriting.py [SCRIPT ...] [--corpus DIR ...] [--rounds N] [--write]

Without a script or a corpus, the scripts that ``make corpus`` made are taken, all of them.  Prints
the ratio for each script, then the smallest, the median, the largest and the script it belongs to;
the goals are at most 3 for every script and at most 4 for ``--help``.  Times are of the processor,
both sides in turn, so that other work on the machine matters little.  ``--write`` puts the figures
into ``docs/benchmarks.md``.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import libcst
from page_of_figures import put

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files
from codegen_fi.rewrite import rewrite

CACHE = Path(os.environ.get("CODEGEN_FI_CACHE", "~/.cache/codegen-fi")).expanduser()
GOAL, GOAL_OF_HELP = 3, 4


def round_trip(source: bytes) -> str:
    return libcst.parse_module(source.decode("utf-8")).code


def emitted(source: bytes) -> dict[str, bytes]:
    """Return every file of the folder, as ``codegen-fi rewrite`` writes them."""
    script = parse_script(source.decode("utf-8"))
    return render_files(Emission(source, script.model, rewrite(script), {}))


def seconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
    # What the other side left behind is not this one's to collect.
    gc.collect()
    began = clock()
    work()
    return clock() - began


def in_turn(
    one: Callable[[], object],
    other: Callable[[], object],
    rounds: int,
    clock: Callable[[], float],
) -> tuple[float, float]:
    """Return the median times of two calls that are made in turn, the first of each left out."""
    one(), other()
    pairs = [(seconds(one, clock), seconds(other, clock)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def measured(scripts: dict[str, bytes], rounds: int) -> Iterator[tuple[float, str, float]]:
    """Print a line per script and yield its ratio, its name and our seconds."""
    print(f"{'script':36} {'round trip':>12} {'emit':>12} {'ratio':>7}")
    for name, source in scripts.items():
        try:
            base, ours = in_turn(
                lambda source=source: round_trip(source),
                lambda source=source: emitted(source),
                rounds,
                time.process_time,
            )
        except (ScriptNotUnderstoodError, libcst.ParserSyntaxError) as error:
            print(f"{name:36} refused: {str(error).splitlines()[0][:80]}")
            continue
        print(f"{name:36} {base * 1e3:9.1f} ms {ours * 1e3:9.1f} ms {ours / base:7.2f}", flush=True)
        yield ours / base, name, ours


def named(paths: list[Path], corpora: list[Path]) -> dict[str, bytes]:
    found = {(p.parent.name if p.name == "script.py" else p.stem): p for p in paths}
    for corpus in corpora:
        found.update(
            {f"{corpus.name} {p.parent.name}": p for p in sorted(corpus.glob("*/script.py"))}
        )
    return {name: path.read_bytes() for name, path in found.items()}


def figures(found: list[tuple[float, str, float]], help_: float, bare: float) -> list[str]:
    """Return the table for the page."""
    found.sort()
    middle = statistics.median(ratio for ratio, *_ in found)
    (least, best, _), (most, worst, _) = found[0], found[-1]
    longest, slowest = max((ours, name) for _, name, ours in found)
    over = sum(ratio > GOAL for ratio, *_ in found)
    return [
        "`python benchmarks/rewriting.py " + " ".join(sys.argv[1:]) + "`",
        "",
        "| what | measured | goal |",
        "| --- | --- | --- |",
        f"| scripts | {len(found)} | |",
        f"| median ratio | {middle:.2f} | {GOAL} |",
        f"| largest ratio | {most:.2f} ({worst}) | {GOAL} |",
        f"| smallest ratio | {least:.2f} ({best}) | |",
        f"| over the goal | {over} | 0 |",
        f"| longest emission | {longest * 1e3:.0f} ms ({slowest}) | |",
        f"| `--help` | {help_ * 1e3:.0f} ms, {help_ / bare:.1f} times `python -c pass` "
        f"| {GOAL_OF_HELP} times |",
        "",
        f"Python {platform.python_version()}, libcst {libcst.LIBCST_VERSION}.",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("scripts", nargs="*", type=Path, metavar="SCRIPT")
    parser.add_argument(
        "--corpus", nargs="+", type=Path, default=[], help="folders of cases with a script.py each"
    )
    parser.add_argument("--rounds", type=int, default=7, help="times each is measured (default 7)")
    parser.add_argument("--write", action="store_true", help="put the figures into the docs")
    given = parser.parse_args()
    corpora = given.corpus or ([] if given.scripts else sorted(CACHE.glob("corpus-*")))

    found = list(measured(named(given.scripts, corpora), given.rounds))
    command = [sys.executable, "-m", "codegen_fi", "--help"]
    bare, help_ = in_turn(
        lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
        lambda: subprocess.run(command, check=True, capture_output=True),
        given.rounds,
        time.perf_counter,
    )
    if found:
        lines = figures(found, help_, bare)
        print("\n".join(lines))
        if given.write:
            put("rewriting", lines)


if __name__ == "__main__":
    main()
