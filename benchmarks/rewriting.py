"""Time reading, rewriting and emitting against a libcst round trip, ``--help`` against Python.

    python benchmarks/rewriting.py [SCRIPT ...] [--corpus DIR] [--rounds N]

Prints the ratio for each script, then the smallest, the median, the largest and the script it
belongs to; the goals are at most 3 for every script and at most 4 for ``--help``.  Times are of
the processor, both sides in turn, so that other work on the machine matters little.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import libcst

from codegen_fi.errors import ScriptNotUnderstoodError
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files
from codegen_fi.rewrite import rewrite


def round_trip(source: bytes) -> str:
    return libcst.parse_module(source.decode("utf-8")).code


def emitted(source: bytes) -> dict[str, bytes]:
    """Return every file of the folder, as ``codegen-fi rewrite`` writes them."""
    script = parse_script(source.decode("utf-8"))
    return render_files(Emission(source, script.model, rewrite(script), {}))


def seconds(work: Callable[[], object], clock: Callable[[], float]) -> float:
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


def measured(scripts: dict[str, bytes], rounds: int) -> Iterator[tuple[float, str]]:
    """Print a line per script and yield its ratio and name."""
    print(f"{'script':32} {'round trip':>12} {'emit':>12} {'ratio':>7}")
    for name, source in scripts.items():
        try:
            base, ours = in_turn(
                lambda source=source: round_trip(source),
                lambda source=source: emitted(source),
                rounds,
                time.process_time,
            )
        except (ScriptNotUnderstoodError, libcst.ParserSyntaxError) as error:
            print(f"{name:32} refused: {str(error).splitlines()[0][:80]}")
            continue
        print(f"{name:32} {base * 1e3:9.1f} ms {ours * 1e3:9.1f} ms {ours / base:7.2f}", flush=True)
        yield ours / base, name


def named(paths: list[Path], corpus: Path | None) -> dict[str, bytes]:
    found = {(p.parent.name if p.name == "script.py" else p.stem): p for p in paths}
    if corpus is not None:
        found.update({p.parent.name: p for p in sorted(corpus.glob("*/script.py"))})
    return {name: path.read_bytes() for name, path in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("scripts", nargs="*", type=Path, metavar="SCRIPT")
    parser.add_argument("--corpus", type=Path, help="folder of cases, each with a script.py")
    parser.add_argument("--rounds", type=int, default=7, help="times each is measured (default 7)")
    given = parser.parse_args()

    ratios = sorted(measured(named(given.scripts, given.corpus), given.rounds))
    if ratios:
        (least, _), (most, worst) = ratios[0], ratios[-1]
        middle = statistics.median(ratio for ratio, _ in ratios)
        print(f"{len(ratios)} scripts: {least:.2f} to {most:.2f} ({worst}), median {middle:.2f}")
        print("goal: at most 3 for each")
    command = [sys.executable, "-m", "codegen_fi", "--help"]
    bare, help_ = in_turn(
        lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
        lambda: subprocess.run(command, check=True, capture_output=True),
        given.rounds,
        time.perf_counter,
    )
    print(f"--help {help_ * 1e3:.0f} ms, bare Python {bare * 1e3:.0f} ms")
    print(f"ratio {help_ / bare:.2f}, goal 4")


if __name__ == "__main__":
    main()
