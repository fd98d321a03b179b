"""What trains in the environment of its own release trains, rewritten, on today's libraries."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fidelity import build, rows, sides, store
from fidelity.named import NOT_OFFICIALLY
from fidelity.store import Kept

import generated
from driver import catalogue
from lanes import LANES, NEWEST, Lane
from ranking import UNRANKED

pytestmark = pytest.mark.corpus

# The newest release's are trained by test_every_case, with importances.
OLDER = [lane for lane in LANES.values() if lane is not NEWEST]

TRAINED = [
    (lane.release, name)
    for lane in OLDER
    for name in catalogue.tabular_cases(lane.release, lane.extras)
    if NOT_OFFICIALLY.get(name, ("", True))[1]
]
# The scores of these rows are weighted by rows that aren't scored.
NOT_FINITE = {"reg_weights": UNRANKED["reg_weights"]}


@pytest.fixture(scope="session")
def outcome_of(corpus_of: Callable[[str], Path]) -> Callable[[str, str, str], Kept]:
    """What came of a case on a side; each side of a lane is run once, and kept."""

    @functools.cache
    def made(release: str) -> Lane:
        corpus_of(release)
        lane = LANES[release]
        names = rows.names_of(lane)
        sides.run_official(lane, names, print)
        sides.run_portable(lane, build.NEWEST, names, print)
        return lane

    return lambda release, side, name: store.kept(made(release), side, name)


@pytest.mark.parametrize("release", [lane.release for lane in OLDER])
def test_these_and_no_others_fail_in_their_own_environment(
    release: str, outcome_of: Callable[[str, str, str], Kept]
) -> None:
    names = rows.names_of(LANES[release])
    officially = {name: outcome_of(release, store.OFFICIAL, name) for name in names}
    failed = {name: kept.facts["error"] for name, kept in officially.items() if not kept.trained}
    assert set(failed) == set(NOT_OFFICIALLY)
    assert [n for n, (words, _) in NOT_OFFICIALLY.items() if words not in failed[n]] == []


@pytest.mark.parametrize(("release", "name"), TRAINED)
def test_it_ends_with_a_model_and_finite_metrics(
    release: str,
    name: str,
    case_of: Callable[[str, str], Any],
    outcome_of: Callable[[str, str, str], Kept],
) -> None:
    case, found = case_of(release, name), outcome_of(release, build.NEWEST.name, name)
    assert found.trained, found.facts.get("error")
    assert found.facts["model_bytes"] > 0
    metrics = found.facts["logged"]
    assert metrics
    lost = {metric for metric, value in metrics.items() if not generated.is_finite(value)}
    if name in NOT_FINITE:
        assert "r2_score" in lost
        return
    assert lost == generated.undefined(case, metrics)
