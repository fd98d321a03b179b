"""Bring every side of the lanes asked for up to date, each in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from fidelity import sides
from fidelity.sides import Portable
from lanes import Lane, is_made

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

    def here(lane: Lane, side: Portable) -> None:
        heard = partial(_heard, say, f"{lane.release} {side.name}")
        sides.run_portable(lane, side, cases[lane], heard)

    def both(lane: Lane) -> None:
        heard = partial(_heard, say, f"{lane.release} official")
        sides.run_official(lane, cases[lane], heard)
        _at_a_time(partial(here, lane), portables_of(lane, matching))

    # In turn, the last lane would leave a processor idle.
    _at_a_time(both, list(cases))


def _at_a_time(work: Callable[[Any], None], items: Sequence[Any]) -> None:
    with ThreadPoolExecutor(len(items)) as pool:
        list(pool.map(work, items))


def _heard(say: Callable[[str], None], who: str, words: str) -> None:
    say(f"{who} {words}")
