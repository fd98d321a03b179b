"""What is claimed of a case on two sides, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from fidelity import clusters, compare, drifts, named
from fidelity import excuses as excuses_of
from fidelity.cases import Case
from fidelity.compare import Gap

ROWS = ("rows", "label", "classes")
MATRICES = ("raw", "features")
PREPROCESSED = "preprocessed"
_CLIPPED = ("log_loss",)


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
    # Trees of old scikit-learn have classes in regression as well.
    kinds = case.official.facts["kinds"]
    classifies = any(name.endswith("/predict_proba") for name in kinds)
    names = [n for n, what in arrays(case, *ROWS) if classifies or what != "classes"]
    return Claim("rows", worst(_gap(case, name) for name in names))


def _features(case: Case) -> Claim:
    names = [name for name, _ in arrays(case, *MATRICES)]
    if not names:
        return Claim("features", compare.apart("no matrix was seen"))
    strict = worst(_gap(case, name) for name in names)
    if strict.is_none or not clusters.are_drawn(case):
        return Claim("features", strict)
    return Claim(
        "features", worst(clusters.features(case, name) for name in names), clusters.DRAWN.reason
    )


def _preprocessed(case: Case) -> Claim:
    turned = bool(drifts.PROJECTIONS & case.before) and drifts.SIGNS.spans(case.releases)
    names = [name for name, _ in arrays(case, PREPROCESSED)]
    strict = worst(_gap(case, name, scaled=True) for name in names)
    if not strict.is_none and clusters.are_drawn(case):
        gaps = worst(clusters.preprocessed(case, name) for name in names)
        return Claim(PREPROCESSED, gaps, clusters.DRAWN.reason)
    if strict.is_none or not turned:
        return Claim(PREPROCESSED, strict)
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


def _predictions(case: Case) -> Claim:
    """Labels, probabilities and numbers, of the model and of each member of an ensemble."""
    size, words, excuses = 0.0, "", []
    for name, what in arrays(case, "predict", "predict_proba", "predicted"):
        gap = _gap(case, name, scaled=what != "predict" or _is_float(case, name))
        size = max(size, gap.size)
        excuse = "" if gap.is_none else excuses_of.predictions(case, what)
        excuses.append(excuse)
        words = words or ("" if excuse else gap.words)
    return Claim("predictions", Gap(size, words), together(excuses))


def together(excuses: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(excuse for excuse in excuses if excuse))


def _is_float(case: Case, name: str) -> bool:
    known = case.official.arrays.get(name)
    return known is not None and known.dtype.kind == "f"


def _scoring(case: Case) -> Claim:
    """Our scores of the official predictions are the official scores."""
    strict = _scores(case, "replayed", compare.RELATIVE)
    if strict.is_none or not excuses_of.clips(case):
        return Claim("scoring", strict)
    return Claim("scoring", _scores(case, "replayed", compare.RELATIVE, _CLIPPED), named.CLIPPED)


def _metrics(case: Case) -> Claim:
    """The scores of each side's own predictions."""
    strict = _scores(case, "scores", compare.RELATIVE, scalars=True)
    if strict.is_none:
        return Claim("metrics", strict)
    left_out = _CLIPPED if excuses_of.clips(case) else ()
    allowed, excuse = excuses_of.metrics(case)
    clipped = named.CLIPPED if left_out else ""
    gap = _scores(case, "scores", allowed, left_out, scalars=True)
    return Claim("metrics", gap, together([excuse, clipped]))


def _scores(
    case: Case, which: str, allowed: float, left_out: tuple[str, ...] = (), *, scalars: bool = False
) -> Gap:
    official, portable = case.official.facts["scores"], case.portable.facts[which]
    if len(official) != len(portable):
        return compare.apart(f"{len(official)} scorings officially, {len(portable)} here")
    pairs = zip(official, portable, strict=True)
    return worst(
        compare.scores(_taken(a, left_out, scalars), _taken(b, left_out, scalars), allowed)
        for a, b in pairs
    )


def _taken(scores: Mapping[str, Any], left_out: tuple[str, ...], scalars: bool) -> dict[str, Any]:
    return {
        name: value
        for name, value in scores.items()
        if name not in left_out and (not scalars or isinstance(value, (int, float)))
    }
