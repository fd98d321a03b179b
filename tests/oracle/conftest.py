"""Results of the sides, brought up to date once however many tests and workers ask."""

import functools
from collections.abc import Callable

import pytest

from fidelity import build, rows, sides
from fidelity.claims import Claim, claims_of
from fidelity.sides import Portable
from lanes import LANES


def side_of(name: str) -> Portable:
    """The environment of this name; the test is skipped where it isn't there."""
    if name == build.NEWEST.name:
        return build.NEWEST
    if not build.LOWEST.exists():
        pytest.skip(
            f"NOT COMPARED with the same estimators: {build.LOWEST} is not there; run `make lowest`"
        )
    return Portable(name, build.LOWEST)


@functools.cache
def up_to_date(release: str, name: str) -> Portable:
    """Run what is missing of a lane on both sides; the first worker does, the others wait."""
    lane = LANES[release]
    if lacks := build.missing(lane):
        pytest.skip(f"NOT COMPARED with SDK {release}: {lacks}")
    side, names = side_of(name), rows.names_of(lane)
    sides.run_official(lane, names, print)
    sides.run_portable(lane, side, names, print)
    return side


@pytest.fixture(scope="session")
def row_of() -> Callable[[str, str, str], rows.Row]:
    """The row of a case in a lane and an environment."""

    @functools.cache
    def find(release: str, name: str, case: str) -> rows.Row:
        side = up_to_date(release, name)
        return next(iter(rows.rows_of(LANES[release], side, [case])))

    return find


@pytest.fixture(scope="session")
def claims_on() -> Callable[[str, str, str], dict[str, Claim]]:
    """The claims of a case that trains on both sides, by name."""

    @functools.cache
    def find(release: str, name: str, case: str) -> dict[str, Claim]:
        lane, side = LANES[release], up_to_date(release, name)
        found = rows.case_of(lane, side, case)
        row = rows.untrained(found, lane, side)
        assert row is None, row.note
        return claims_of(found)

    return find


@pytest.fixture(scope="session")
def made() -> Callable[[str, str], Portable]:
    """The environment of a name, with a lane's results in it up to date, and the official ones."""
    for release in LANES:
        up_to_date(release, build.NEWEST.name)
    return up_to_date
