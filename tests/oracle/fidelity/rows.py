"""The table: one row for each case of each lane in each environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from packaging.version import Version

from driver import catalogue
from fidelity import emit, named, store
from fidelity.cases import Case
from fidelity.claims import claims_of
from fidelity.sides import Portable
from lanes import Lane

EQUAL, DRIFTS, UNEQUAL = "equal", "equal matrix", "UNEQUAL"
LIBRARIES = {"xgboost-cpu": "xgboost"}


@dataclass(frozen=True, slots=True)
class Row:
    """What came of a case; sizes are the largest relative differences, None where there is none."""

    lane: str
    side: str
    case: str
    matrix: bool | None
    largest: float | None
    predictions: float | None
    metrics: float | None
    verdict: str
    note: str = ""

    @property
    def is_well(self) -> bool:
        return self.verdict != UNEQUAL

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@cache
def releases_of(lane: Lane, side: Portable) -> Mapping[str, tuple[Version, Version]]:
    """Releases of the libraries, officially and here."""
    pins = (line.split("==") for line in lane.pins.read_text(encoding="ascii").split())
    official = {LIBRARIES.get(name, name): Version(release) for name, release in pins}
    found = (word.split("=") for word in side.libraries().split() if "=" in word)
    portable = {LIBRARIES.get(name, name): Version(release) for name, release in found}
    return {name: (official[name], ours) for name, ours in portable.items() if name in official}


def names_of(lane: Lane) -> list[str]:
    return catalogue.tabular_cases(lane.release, lane.extras)


def rows_of(lane: Lane, side: Portable, names: Sequence[str]) -> Iterator[Row]:
    """Yield a row for each case, whatever came of it."""
    for name in names:
        case = case_of(lane, side, name)
        yield untrained(case, lane, side) or _compared(case, side)


def case_of(lane: Lane, side: Portable, name: str) -> Case:
    return Case(
        lane.release, name, store.kept(lane, store.OFFICIAL, name),
        store.kept(lane, side.name, name), releases_of(lane, side),
    )  # fmt: skip


def untrained(case: Case, lane: Lane, side: Portable) -> Row | None:
    """The row of a case that doesn't train on both sides; None when it does."""
    folder = store.folder_of(lane) / "emitted" / case.name
    refused = emit.refusal(folder)
    here = case.portable.trained and refused is None
    if case.official.trained and here:
        return None
    words, trains_here = named.NOT_OFFICIALLY.get(case.name, ("", False))
    error = "it trains" if case.official.trained else str(case.official.facts.get("error"))
    expected = bool(words) and words in error and here == trains_here
    what = "trains here" if here else refused or str(case.portable.facts.get("error"))
    note = f"officially: {error}; here: {' '.join(what.split())}"
    verdict = ("mended" if here else "refused") if expected else UNEQUAL
    return Row(case.lane, side.name, case.name, None, None, None, None, verdict, note)


def _compared(case: Case, side: Portable) -> Row:
    claims = claims_of(case)
    matrix = [claims[what] for what in ("features", "preprocessed")]
    failed = [claim for claim in claims.values() if not claim.holds]
    excused = [claim.excuse for claim in claims.values() if claim.excuse]
    verdict = UNEQUAL if failed else DRIFTS if excused else EQUAL
    said = [f"{claim.what}: {claim.gap.words}" for claim in failed] or excused
    return Row(
        case.lane, side.name, case.name, all(c.holds for c in matrix),
        max(c.gap.size for c in matrix), claims["predictions"].gap.size,
        claims["metrics"].gap.size, verdict, "; ".join(dict.fromkeys(said)),
    )  # fmt: skip
