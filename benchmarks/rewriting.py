"""Time reading, rewriting and emitting against a libcst round trip, ``--help`` against Python.

Run: ``python benchmarks/rewriting.py SCRIPT [SCRIPT ...]``.  Prints medians and ratios; the goals
are at most 3 and at most 4.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import libcst

from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files
from codegen_fi.rewrite import rewrite


def median_seconds(work: Callable[[], object], repeats: int) -> float:
    """Return the median wall time of a call, the first one left out."""
    work()
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def emitted(source: bytes) -> dict[str, bytes]:
    """Return every file of the folder, as ``codegen-fi rewrite`` writes them."""
    script = parse_script(source.decode("utf-8"))
    return render_files(Emission(source, script.model, rewrite(script), {}))


def main(paths: list[str]) -> int:
    print(f"{'script':32} {'round trip':>12} {'emit':>12} {'ratio':>7}")
    ratios = []
    for path in paths:
        source = Path(path).read_bytes()
        text = source.decode("utf-8")
        base = median_seconds(lambda text=text: libcst.parse_module(text).code, 7)
        ours = median_seconds(lambda source=source: emitted(source), 7)
        ratios.append(ours / base)
        name = Path(path).parent.name or path
        print(f"{name:32} {base * 1e3:9.1f} ms {ours * 1e3:9.1f} ms {ratios[-1]:7.2f}")
    if ratios:
        print(f"median ratio {statistics.median(ratios):.2f}, goal 3")
    run = [sys.executable, "-c", "pass"]
    bare = median_seconds(lambda: subprocess.run(run, check=True), 9)
    command = [sys.executable, "-m", "codegen_fi", "--help"]
    help_ = median_seconds(lambda: subprocess.run(command, check=True, capture_output=True), 9)
    print(f"--help {help_ * 1e3:.0f} ms, bare Python {bare * 1e3:.0f} ms")
    print(f"ratio {help_ / bare:.2f}, goal 4")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
