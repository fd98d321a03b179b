"""Where another release of a library fits another model on the same matrix, and how far it may go.

A row says between which of the releases that meet here an estimator changed.  Where the two sides
have releases with no change between them, predictions are held to be equal; where there is one,
the scores must agree within the row's tolerance.  A test shows each change on one side alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from packaging.version import Version


@dataclass(frozen=True, slots=True)
class Drift:
    """How an estimator's fits changed with its library.

    Attributes
    ----------
    package
        The library.
    between
        Pairs of releases: the fits of the first are not those of the second.
    tolerance
        Largest difference of a score, absolute up to 1 and relative beyond.
    reason
        What changed, or why the fit depends on the last digit.
    """

    package: str
    between: tuple[tuple[str, str], ...]
    tolerance: float
    reason: str

    def spans(self, releases: Mapping[str, Iterable[Version]]) -> bool:
        """Whether the estimator changed from one of its library's releases to another one."""
        known = sorted(releases[self.package])
        return any(
            known[0] <= Version(before) and Version(after) <= known[-1]
            for before, after in self.between
        )


SKLEARN, XGBOOST = "scikit-learn", "xgboost"
_BOOSTED = "each release grows other trees; its linear booster fits the same"
_ROUNDING = "splits of nearly equal gain fall otherwise, and each tree builds on the last"
TO_1_1, TO_1_5, TO_1_9 = ("0.22.2.post1", "1.1.3"), ("1.1.3", "1.5.0"), ("1.5.2", "1.9.0")
_XGBOOST = (("1.3.3", "1.5.2"), ("1.5.2", "3.0"), ("3.0.5", "3.4"))

DRIFTS: Mapping[str, Drift] = {
    "XGBClassifier": Drift(XGBOOST, _XGBOOST, 0.08, _BOOSTED),
    "XGBRegressor": Drift(XGBOOST, _XGBOOST, 0.3, _BOOSTED),
    "RandomForestClassifier": Drift(
        SKLEARN, (TO_1_1, TO_1_9), 0.08,
        "from 1.9 on class weights decide which rows a tree draws; without weights it is the same",
    ),
    "GradientBoostingClassifier": Drift(SKLEARN, (TO_1_1, TO_1_5, TO_1_9), 0.015, _ROUNDING),
    "GradientBoostingRegressor": Drift(SKLEARN, (TO_1_9,), 0.01, _ROUNDING),
    "LogisticRegression": Drift(
        SKLEARN, (TO_1_5,), 1e-4, "lbfgs stops at another step"
    ),
    "SVC": Drift(SKLEARN, (TO_1_1,), 0.005, "the folds of its probabilities are drawn otherwise"),
    "LinearSVC": Drift(
        SKLEARN, (TO_1_1, TO_1_5), 0.005, "liblinear stops at another step"
    ),
    "SGDClassifier": Drift(SKLEARN, (TO_1_9,), 0.1, "other fits on sparse rows, the same on dense"),
    "LassoLars": Drift(SKLEARN, (TO_1_5,), 0.02, "columns aren't normalised any more"),
}  # fmt: skip

# Fitted on inputs that are equal up to the signs of their columns only.
_PROJECTED = "the signs of its inputs turn, and with them ties and roundings"
AFTER_PROJECTION: Mapping[str, float] = {
    "LGBMClassifier": 0.02,
    "LogisticRegression": 0.06,
    "RandomForestRegressor": 0.15,
    "LinearSVC": 1e-4,
}
# Fits that are far from their end when they stop, so that the last digit decides.
_FAR = "stops after its last iteration, far from the optimum"
BY_CASE: Mapping[str, Drift] = {
    "cls_logreg_tsvd": Drift(SKLEARN, (TO_1_9,), 0.03, f"lbfgs {_FAR}"),
    "cls_textonly": Drift(
        SKLEARN, (("1.5.0", "1.5.2"), TO_1_9), 1e-5, "saga in single precision: rounding"
    ),
    "cls_sgd_log": Drift(SKLEARN, (TO_1_9,), 1.0, "the learning rate diverges"),
    # The releases of pandas go with those of scikit-learn. Two rows of 148 fall otherwise.
    "reg_stack_cv": Drift(
        SKLEARN,
        (TO_1_9,),
        0.1,
        "pandas 1 reads some numbers of a csv with another last digit: rows on the edge of a split",
    ),
}
SIGNS = Drift(
    SKLEARN, (TO_1_5,), 0.0, "the sign of a component is chosen by its loadings, not its scores"
)
PROJECTIONS = frozenset({"PCA", "TruncatedSVD"})


def drifts_of(
    estimators: Iterable[str], before: Iterable[str], releases: Mapping[str, Iterable[Version]]
) -> list[Drift]:
    """Return what keeps these estimators, after these steps, from giving equal predictions."""
    named = list(estimators)
    found = [DRIFTS[name] for name in named if name in DRIFTS and DRIFTS[name].spans(releases)]
    if PROJECTIONS & set(before) and SIGNS.spans(releases):
        found += [
            Drift(SKLEARN, SIGNS.between, AFTER_PROJECTION[name], _PROJECTED)
            for name in named
            if name in AFTER_PROJECTION
        ]
    return found
