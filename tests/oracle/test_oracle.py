"""Every classification and regression script is, rewritten, what it is officially."""

from collections.abc import Callable

import pytest

from fidelity import build, clusters, drifts, named, rows
from fidelity.claims import Claim
from lanes import LANES, NEWEST

pytestmark = [pytest.mark.corpus, pytest.mark.official]

CLAIMS = ("rows", "features", "preprocessed", "predictions", "scoring", "metrics")
ENVIRONMENTS = [(lane.release, build.NEWEST.name) for lane in LANES.values()]
ENVIRONMENTS.append((build.MATCHING_LANE, "matching"))
CASES = [
    (release, side, case)
    for release, side in ENVIRONMENTS
    for case in rows.names_of(LANES[release])
]
TRAINED = [key for key in CASES if key[2] not in named.NOT_OFFICIALLY]


@pytest.mark.parametrize(("release", "side", "case"), TRAINED)
@pytest.mark.parametrize("what", CLAIMS)
def test_it_is_as_officially(
    what: str,
    release: str,
    side: str,
    case: str,
    claims_on: Callable[[str, str, str], dict[str, Claim]],
) -> None:
    claim = claims_on(release, side, case)[what]
    assert claim.holds, claim.gap.words


@pytest.mark.parametrize(
    ("release", "side", "case"), [key for key in CASES if key[2] in named.NOT_OFFICIALLY]
)
def test_what_does_not_train_officially_is_refused_or_mended(
    release: str, side: str, case: str, row_of: Callable[[str, str, str], rows.Row]
) -> None:
    row = row_of(release, side, case)
    trains_here = named.NOT_OFFICIALLY[case][1]
    assert row.verdict == ("mended" if trains_here else "refused"), row.note


def test_every_case_of_every_lane_is_looked_at() -> None:
    assert {release for release, _, _ in CASES} == set(LANES)
    assert {case for _, _, case in CASES} == set(rows.names_of(NEWEST))
    assert set(named.NOT_OFFICIALLY) < set(rows.names_of(NEWEST))
    known = {*named.PREDICTIONS, *drifts.BY_CASE, *clusters.CASES}
    assert known <= set(rows.names_of(NEWEST))
