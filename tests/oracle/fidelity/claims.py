"""What is claimed of a case on two sides, and whether it holds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from packaging.version import Version

from fidelity import compare, drifts, named
from fidelity.compare import Gap
from fidelity.store import Kept

ROWS = ("rows", "label", "classes")
MATRICES = ("raw", "features")
PREPROCESSED = "preprocessed"
MEMBER = "member."


@dataclass(frozen=True, slots=True)
class Case:
    """A case on the two sides, with the releases of the libraries there."""

    lane: str
    name: str
    official: Kept
    portable: Kept
    releases: Mapping[str, tuple[Version, Version]]

    @property
    def estimators(self) -> list[str]:
        found = [kept.facts["estimator"] for kept in (self.official, self.portable)]
        return sorted({name for e in found for name in [e["class"], *e["members"]]})

    @property
    def before(self) -> set[str]:
        """Classes of the steps before the estimators."""
        found = (self.official, self.portable)
        return {name for kept in found for name in kept.facts["estimator"]["before"]}

    @property
    def is_stack(self) -> bool:
        return bool(named.STACKS & set(self.estimators))

    def drifts(self) -> list[drifts.Drift]:
        return drifts.drifts_of(self.estimators, self.before, self.releases)


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is said of a case: whether it holds, how far off it is, what is excused."""

    what: str
    gap: Gap
    excuse: str = ""

    @property
    def holds(self) -> bool:
        return self.gap.is_none


def claims_of(case: Case) -> dict[str, Claim]:
    """Return the claims of a case that trains on both sides, by name."""
    return {
        claim.what: claim
        for claim in (
            _rows(case), _features(case), _preprocessed(case), _predictions(case),
            _scoring(case), _metrics(case),
        )
    }  # fmt: skip


def arrays(case: Case, *whats: str) -> Iterator[tuple[str, str]]:
    """Yield the names, on either side, of the arrays of this kind."""
    names = dict.fromkeys([*case.official.facts["kinds"], *case.portable.facts["kinds"]])
    for name in names:
        what = name.partition("/")[2]
        if what in whats or what.rpartition("/")[2] in whats:
            yield name, what


def _gap(case: Case, name: str, **how: Any) -> Gap:
    kinds = [kept.facts["kinds"].get(name) for kept in (case.official, case.portable)]
    if None in kinds:
        return compare.apart(f"{name} {'here' if kinds[0] is None else 'officially'} only")
    official, portable = case.official.arrays[name], case.portable.arrays[name]
    found = compare.matrices(official, portable, (kinds[0], kinds[1]), **how)
    return Gap(found.size, found.words and f"{name}: {found.words}")


def worst(gaps: Iterable[Gap]) -> Gap:
    found = Gap()
    for gap in gaps:
        found = found.or_else(gap)
    return found


def _rows(case: Case) -> Claim:
    return Claim("rows", worst(_gap(case, name) for name, _ in arrays(case, *ROWS)))


def _features(case: Case) -> Claim:
    found = [_gap(case, name) for name, _ in arrays(case, *MATRICES)]
    nothing = [] if found else [compare.apart("no matrix was seen")]
    return Claim("features", worst([*found, *nothing]))


def _preprocessed(case: Case) -> Claim:
    turned = bool(drifts.PROJECTIONS & case.before) and drifts.SIGNS.spans(case.releases)
    names = [name for name, _ in arrays(case, PREPROCESSED)]
    if not turned:
        return Claim(PREPROCESSED, worst(_gap(case, name, scaled=True) for name in names))
    gaps = worst(_up_to_signs(case, name) for name in names)
    return Claim(PREPROCESSED, gaps, f"up to the signs of columns: {drifts.SIGNS.reason}")


def _up_to_signs(case: Case, name: str) -> Gap:
    """Turn the columns of ours whose counterpart points the other way, then compare."""
    if _gap(case, name, scaled=True).is_none or name not in case.portable.facts["kinds"]:
        return _gap(case, name, scaled=True)
    official, portable = case.official.arrays[name], case.portable.arrays[name]
    if official.shape != portable.shape or case.official.facts["kinds"][name] == "sparse":
        return _gap(case, name, scaled=True)
    signs = np.where((official * portable).sum(axis=0) < 0, -1.0, 1.0)
    found = compare.matrices(official, portable * signs, scaled=True)
    return Gap(found.size, found.words and f"{name}: {found.words}")


def _excuse(case: Case) -> str:
    """Why predictions may differ; empty where they must not."""
    known = named.PREDICTIONS.get(case.name)
    if known is not None and case.lane in known.lanes:
        return known.reason
    if case.is_stack:
        return named.STACK.reason
    return "; ".join(dict.fromkeys(drift.reason for drift in case.drifts()))


def _predictions(case: Case) -> Claim:
    gaps = []
    for name, what in arrays(case, "predict", "predict_proba", "predicted"):
        gaps.append(_gap(case, name, scaled=what != "predict" or _is_number(case, name)))
    gap = worst(gaps)
    excuse = _excuse(case)
    if excuse and not gap.is_none:
        return Claim("predictions", Gap(gap.size), excuse)
    return Claim("predictions", gap)


def _is_number(case: Case, name: str) -> bool:
    return bool(case.official.arrays[name].dtype.kind == "f")


def _scoring(case: Case) -> Claim:
    """Our scores of the official predictions are the official scores."""
    return Claim("scoring", _scores(case, "replayed", compare.RELATIVE))


def _metrics(case: Case) -> Claim:
    """The scores of each side's own predictions."""
    excuse = _excuse(case)
    drifting = case.drifts()
    if excuse and not drifting:
        gap = _scores(case, "scores", math.inf, scalars=True)
        return Claim("metrics", Gap(gap.size), excuse)
    allowed = max([compare.RELATIVE, *(drift.tolerance for drift in drifting)])
    if case.is_stack or case.name in named.PREDICTIONS:
        allowed = math.inf
    return Claim("metrics", _scores(case, "scores", allowed, scalars=True), excuse)


def _scores(case: Case, which: str, allowed: float, scalars: bool = False) -> Gap:
    official, portable = case.official.facts["scores"], case.portable.facts[which]
    if len(official) != len(portable):
        return compare.apart(f"{len(official)} scorings officially, {len(portable)} here")
    pairs = zip(official, portable, strict=True)
    if scalars:
        pairs = ((only_scalars(a), only_scalars(b)) for a, b in pairs)
    return worst(compare.scores(a, b, allowed) for a, b in pairs)


def only_scalars(scores: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in scores.items() if isinstance(value, (int, float))}
