"""Distances to cluster centres, which each release of scikit-learn draws for itself.

Where two releases meet, the columns can't be equal.  What is claimed instead holds on one line: a
column of distances of one number is ``|x - c|`` for one centre c among the training values, and the
centres are as good as the official ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fidelity import compare
from fidelity.cases import Case
from fidelity.compare import Gap
from fidelity.drifts import SKLEARN, TO_1_1, TO_1_5, TO_1_9, Drift

# A run ends in the optimum that its draw leads to; the worst seen here was 1.36 times the other.
WORSE = 1.6
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Clusters:
    """Where distances stand in a featurized matrix.

    Attributes
    ----------
    first
        First of their columns; they are the last ones.
    centres
        Columns for each number.
    numbers
        Columns that hold the numbers themselves, imputed.
    """

    first: int
    centres: int
    numbers: tuple[int, ...]


CASES = {"cls_sweep_kmeans": Clusters(150, 8, (0, 1, 2, 3, 4))}
DRAWN = Drift(
    SKLEARN, (TO_1_1, TO_1_5, TO_1_9), 0.05, "each release draws the first centres of KMeans anew"
)


def are_drawn(case: Case) -> bool:
    return case.name in CASES and DRAWN.spans(case.releases)


def features(case: Case, name: str) -> Gap:
    """Compare all other columns exactly, and the distances by what they have to be."""
    where = CASES[case.name]
    official, portable = (_dense(kept.arrays[name]) for kept in (case.official, case.portable))
    if official.shape != portable.shape:
        return compare.apart(f"shape {official.shape} officially, {portable.shape} here")
    others = preprocessed(case, name)
    training = _dense(case.portable.arrays[f"fit.{name.split('/', maxsplit=1)[0][-1]}/features"])
    return others.or_else(_distances(official, portable, training, where))


def preprocessed(case: Case, name: str) -> Gap:
    """Compare the columns before the distances; what stands after them is these, scaled."""
    first = CASES[case.name].first
    official, portable = (_dense(kept.arrays[name]) for kept in (case.official, case.portable))
    found = compare.matrices(official[:, :first], portable[:, :first])
    return Gap(found.size, found.words and f"{name}: {found.words}")


def _distances(
    official: NDArray[Any], portable: NDArray[Any], training: NDArray[Any], where: Clusters
) -> Gap:
    for place, number in enumerate(where.numbers):
        scale = np.abs(training[:, number]).max()
        x, known = portable[:, number] / scale, training[:, number] / scale
        start = where.first + place * where.centres
        columns = slice(start, start + where.centres)
        for column in portable[:, columns].T:
            if not _is_distance(column, x, known):
                return compare.apart(f"column {number}: no distances to a centre in the data")
        theirs, ours = (_inertia(table[:, columns]) for table in (official, portable))
        if ours > WORSE * theirs:
            return compare.apart(f"column {number}: inertia {ours} here, {theirs} officially")
    return Gap()


def _is_distance(column: NDArray[Any], x: NDArray[Any], known: NDArray[Any]) -> bool:
    """Whether a column is the distance of x to one point between the least and the largest."""
    far = int(np.argmax(column))
    candidates = (x[far] - column[far], x[far] + column[far])
    inside = [c for c in candidates if known.min() - ROUNDING <= c <= known.max() + ROUNDING]
    return any(np.allclose(np.abs(x - c), column, rtol=0, atol=ROUNDING) for c in inside)


def _inertia(distances: NDArray[Any]) -> float:
    return float((distances.min(axis=1) ** 2).sum())


def _dense(matrix: Any) -> NDArray[Any]:
    return np.asarray(matrix.toarray() if hasattr(matrix, "toarray") else matrix)
