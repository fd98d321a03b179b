"""Bring every side of the lanes asked for up to date, two processes at a time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from fidelity import sides
from fidelity.sides import Portable
from lanes import Lane, is_made

AT_A_TIME = 2
ROOT = Path(__file__).resolve().parents[3]
NEWEST = Portable("newest", Path(sys.executable))
LOWEST = ROOT / ".venv-lowest" / "bin" / "python"
# The newest lane's own scikit-learn: the same estimators are fitted on both sides.
MATCHING_LANE = "1.62"


def portables_of(lane: Lane, matching: Path | None) -> list[Portable]:
    """The environments in which a lane's rewritten scripts are run."""
    if lane.release == MATCHING_LANE and matching is not None:
        return [NEWEST, Portable("matching", matching)]
    return [NEWEST]


def missing(lane: Lane) -> str | None:
    """What a lane lacks to be compared, None when nothing."""
    for folder, key in (
        (lane.environment, lane.environment_key()),
        (lane.corpus, lane.corpus_key()),
    ):
        if not is_made(folder, key):
            state = "is out of date" if folder.exists() else "does not exist"
            return f"{folder} {state}; run `make corpus`"
    return None


def bring_up_to_date(
    cases: Mapping[Lane, Sequence[str]], matching: Path | None, say: Callable[[str], None]
) -> None:
    """Run what is missing of these cases, officially and in each environment."""

    def lane_of(item: tuple[Lane, Sequence[str]]) -> None:
        lane, names = item
        sides.run_official(lane, names, partial(_heard, say, f"{lane.release} official"))
        for side in portables_of(lane, matching):
            heard = partial(_heard, say, f"{lane.release} {side.name}")
            sides.run_portable(lane, side, names, heard)

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        # The newest first: it takes longest.
        list(pool.map(lane_of, reversed(list(cases.items()))))


def _heard(say: Callable[[str], None], who: str, words: str) -> None:
    say(f"{who} {words}")
