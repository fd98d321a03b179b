"""Compare original scripts under the official runtime with rewritten ones under ours.

Exit code 0 when every case is as it should be, 1 when one isn't, 3 when nothing could be compared.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from fidelity import build, rows, table
from fidelity.sides import Portable
from lanes import LANES, Lane

EXIT_UNEQUAL, EXIT_NOT_HERE = 1, 3


def parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="oracle", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "what", nargs="*", metavar="LANE|CASE", help="these releases, as 1.56, and cases only"
    )
    parser.add_argument(
        "--matching", type=Path, metavar="PYTHON",
        help="interpreter with the oldest libraries that are allowed, for the newest release",
    )  # fmt: skip
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser.parse_args(argv)


def chosen(what: Sequence[str]) -> dict[Lane, list[str]]:
    """The cases of each lane that were asked for; all when none were named."""
    lanes = [LANES[name] for name in what if name in LANES] or list(LANES.values())
    names = {name for name in what if name not in LANES}
    found = {
        lane: [name for name in rows.names_of(lane) if not names or name in names] for lane in lanes
    }
    if unknown := names - {name for cases in found.values() for name in cases}:
        raise SystemExit(f"No such release or case: {', '.join(sorted(unknown))}")
    return {lane: cases for lane, cases in found.items() if cases}


def rows_of(side: tuple[Lane, Portable, Sequence[str]]) -> list[rows.Row]:
    return list(rows.rows_of(*side))


def main(argv: Sequence[str] | None = None) -> int:
    options = parsed(argv)
    cases = chosen(options.what)
    for lane in list(cases):
        if lacks := build.missing(lane):
            print(f"SKIPPED, SDK {lane.release}: {lacks}", file=sys.stderr)
            del cases[lane]
    if not cases:
        return EXIT_NOT_HERE
    if options.matching is None and LANES[build.MATCHING_LANE] in cases:
        print("SKIPPED, the environment `matching`: none was named", file=sys.stderr)
    build.bring_up_to_date(cases, options.matching, lambda words: print(words, file=sys.stderr))
    sides = [
        (lane, side, names)
        for lane, names in cases.items()
        for side in build.portables_of(lane, options.matching)
    ]
    with ProcessPoolExecutor() as pool:
        found = [row for some in pool.map(rows_of, sides) for row in some]
    print(table.as_json(found) if options.format == "json" else table.as_text(found))
    return 0 if all(row.is_well for row in found) else EXIT_UNEQUAL


if __name__ == "__main__":
    sys.exit(main())
