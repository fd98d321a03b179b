"""Each excuse is the library's: it shows between two runs on one side alone."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from packaging.version import Version

from fidelity import build, compare, drifts, rows, store
from fidelity.sides import Portable
from fidelity.store import Kept
from lanes import LANES

pytestmark = [pytest.mark.corpus, pytest.mark.official]

INPUTS = ("rows", "label", "features", "raw")
OUTPUTS = ("predict_proba", "predict", "predicted")
STEPS = [(name, step) for name, drift in drifts.DRIFTS.items() for step in drift.between]
# No two runs of one side have these two releases: the official packages want an older one than
# the portable runtime's oldest. That it isn't ours is seen in what goes in, which is equal.
ON_NO_SIDE = {("XGBClassifier", "1.5.2"), ("XGBRegressor", "1.5.2")}

Run = tuple[str, str]


def pairs(
    package: str, step: tuple[str, str], side: Callable[[str, str], Portable]
) -> Iterator[tuple[Run, Run]]:
    """Two runs of one side whose releases of a library are next to this step, before and after."""
    here_ = [(build.MATCHING_LANE, name) for name in ("matching", "newest")]
    sides = (
        {(name, store.OFFICIAL): official(name, package) for name in LANES},
        {run: here(run, package, side) for run in here_},
    )
    before, after = (Version(release) for release in step)
    for releases in sides:
        earlier = max((r for r in releases.values() if r <= before), default=None)
        later = min((r for r in releases.values() if r >= after), default=None)
        for one, first in releases.items():
            yield from (
                (one, other)
                for other, second in releases.items()
                if first == earlier and second == later
            )


def official(release: str, package: str) -> Version:
    return rows.releases_of(LANES[release], build.NEWEST)[package][0]


def here(run: Run, package: str, side: Callable[[str, str], Portable]) -> Version:
    return rows.releases_of(LANES[run[0]], side(*run))[package][1]


def estimator_outputs(kept: Kept, name: str) -> dict[str, Any]:
    """What estimators of this class predicted, alone or in an ensemble."""
    facts = kept.facts["estimator"]
    members = {
        f"member.{n}/predicted" for n, member in enumerate(facts["members"]) if member == name
    }
    wanted = members | ({"predict_proba", "predict"} if facts["class"] == name else set())
    return {
        what: array
        for what, array in kept.arrays.items()
        if what.partition("/")[2] in wanted and array.dtype.kind == "f"
    }


def differ(one: Kept, other: Kept, name: str) -> bool:
    """Whether two runs saw the same rows and features and predicted something else."""
    if name not in {one.facts["estimator"]["class"], *one.facts["estimator"]["members"]}:
        return False
    theirs, ours = (estimator_outputs(kept, name) for kept in (one, other))
    shared = theirs.keys() & ours.keys()
    if all(np.allclose(theirs[k], ours[k], rtol=compare.RELATIVE, atol=0) for k in shared):
        return False
    inputs = [what for what in one.arrays if what.rpartition("/")[2] in INPUTS]
    return all(
        what in other.arrays and compare.matrices(one.arrays[what], other.arrays[what]).is_none
        for what in inputs
    )


@pytest.mark.parametrize(
    ("name", "step"), [(n, s) for n, s in STEPS if (n, s[0]) not in ON_NO_SIDE]
)
def test_another_release_of_the_library_alone_makes_the_difference(
    name: str, step: tuple[str, str], made: Callable[[str, str], Portable]
) -> None:
    package = drifts.DRIFTS[name].package
    tried = list(pairs(package, step, made))
    assert tried, f"no two runs of one side have {package} {step[0]} and {step[1]}"
    for one, other in tried:
        for case in rows.names_of(LANES["1.44"]):
            runs = [store.kept(LANES[release], side, case) for release, side in (one, other)]
            if all(run.trained for run in runs) and differ(*runs, name):
                return
    pytest.fail(f"{name} predicts the same before and after {step}")
