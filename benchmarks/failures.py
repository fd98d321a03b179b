"""How long the tool takes to say what is wrong, for each client and each failure.

    python benchmarks/failures.py [--only WORD]

Needs the clients' environment that `make test` makes.  Prints a table in Markdown; each line is
one command against a service on this machine that fails in one way.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

import scenarios
from loopback import Service


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="failures whose name holds this")
    chosen = parser.parse_args().only
    print(f"Seconds with --timeout {scenarios.TIMEOUT}, from start to exit code\n")
    print("| failure |", " | ".join(scenarios.CLIENTS), "|")
    print("|---|" + "---|" * len(scenarios.CLIENTS))
    slowest = 0.0
    for scenario in scenarios.SCENARIOS:
        if chosen not in scenario.name:
            continue
        cells = []
        for client in scenarios.CLIENTS:
            if client in scenario.skip:
                cells.append("-")
                continue
            code, seconds = measure(scenario, client)
            slowest = max(slowest, seconds)
            cells.append(f"{seconds:.1f} (exit {code})")
        print(f"| {scenario.name} |", " | ".join(cells), "|", flush=True)
    print(f"\nSlowest: {slowest:.1f} s; limit: {scenarios.TIMEOUT + 5} s")


def measure(scenario: scenarios.Scenario, client: str) -> tuple[int, float]:
    with tempfile.TemporaryDirectory() as place, Service() as service:
        stage = scenarios.staged(service, Path(place), client)
        scenario.arrange(stage)
        answered = scenarios.fetched(stage)
    return answered.done.returncode, answered.seconds


if __name__ == "__main__":
    main()
