"""Why the two sides of a case may predict something else, and how far its scores may go."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from packaging.version import Version

from fidelity import clusters, compare, drifts, named
from fidelity.cases import Case

# Before this release of scikit-learn log_loss clips at 1e-15, since then at the type's epsilon.
CLIPS_BY_TYPE = Version("1.3")
CLIPPED_AT = 1e-15


def predictions(case: Case, what: str) -> str:
    """Reason why an array of predictions may differ; empty where it must not."""
    if what.startswith("member."):
        number = int(what.split("/", maxsplit=1)[0].removeprefix("member."))
        return _reason(_drifts(case, case.members(number)), "")
    return _reason(_drifts(case, case.estimators), _of_model(case))


def metrics(case: Case) -> tuple[float, str]:
    """How far scores may be apart and why; the strict bound and nothing where they mustn't."""
    known, found = _of_model(case), _drifts(case, case.estimators)
    tolerance = max([compare.RELATIVE, *(drift.tolerance for drift in found)])
    return math.inf if known else tolerance, _reason(found, known)


def clips(case: Case) -> bool:
    """Whether log_loss is another number for probabilities that are, but for rounding, zero."""
    if case.releases["scikit-learn"][0] >= CLIPS_BY_TYPE:
        return False
    probabilities = [
        array for name, array in case.official.arrays.items() if name.endswith("/predict_proba")
    ]
    return any(_reaches_zero(array) for array in probabilities)


def _reaches_zero(probabilities: np.ndarray) -> bool:
    bound = max(CLIPPED_AT, float(np.finfo(probabilities.dtype).eps))
    return bool(probabilities.min() < bound)


def _drifts(case: Case, estimators: Iterable[str]) -> list[drifts.Drift]:
    drawn = [clusters.DRAWN] if clusters.are_drawn(case) else []
    own = drifts.BY_CASE.get(case.name)
    of_case = [own] if own is not None and own.spans(case.releases) else []
    return [*drifts.drifts_of(estimators, case.before, case.releases), *drawn, *of_case]


def _of_model(case: Case) -> str:
    if named.STACKS & set(case.estimators):
        return named.STACK.reason
    known = named.PREDICTIONS.get(case.name)
    return known.reason if known is not None and case.lane in known.lanes else ""


def _reason(found: Iterable[drifts.Drift], known: str) -> str:
    reasons = [known, *(drift.reason for drift in found)]
    return "; ".join(dict.fromkeys(reason for reason in reasons if reason))
