"""Weighted votes over fitted members, all of which stay reachable for an explanation."""

from __future__ import annotations

from typing import Any, ClassVar

from sklearn.ensemble import VotingClassifier, VotingRegressor


class PreFittedSoftVotingClassifier(VotingClassifier):  # type: ignore[misc]
    """Average the members' class probabilities by weight; the largest wins.

    Members are cloned and fitted on labels coded 0..k-1; ``estimators_`` holds the fitted ones,
    ``classes_`` the labels as given to ``fit``.

    Parameters
    ----------
    estimators : list of (str, estimator)
    weights : sequence of float, (members,), optional
        Need not add up to one; equal weights when missing.
    flatten_transform : bool, optional
        Shape of ``transform``: (n, members * classes) when true, else (members, n, classes).
    classification_labels : ndarray, (classes,), optional
        The labels AutoML saw. Kept for the record; ``fit`` reads the labels from ``y``.
    voting : {"soft"}
        Given by older scripts.
    """

    _parameter_constraints: ClassVar[dict[str, Any]] = {  # pyright: ignore[reportIncompatibleVariableOverride]
        **VotingClassifier._parameter_constraints,
        "flatten_transform": ["boolean", None],
    }

    def __init__(
        self,
        estimators: list[tuple[str, Any]],
        weights: Any = None,
        flatten_transform: bool | None = None,
        classification_labels: Any = None,
        voting: str = "soft",
    ) -> None:
        super().__init__(
            estimators, voting=voting, weights=weights, flatten_transform=bool(flatten_transform)
        )
        self.flatten_transform = flatten_transform
        self.classification_labels = classification_labels


class PreFittedSoftVotingRegressor(VotingRegressor):  # type: ignore[misc]
    """Average the members' predictions by weight.

    Unlike AutoML's own class, ``estimators_`` holds the members that predict, and ``weights`` is
    readable.

    Parameters
    ----------
    estimators : list of (str, estimator)
    weights : sequence of float, (members,), optional
        Need not add up to one; equal weights when missing.
    """

    def __init__(self, estimators: list[tuple[str, Any]], weights: Any = None) -> None:
        super().__init__(estimators, weights=weights)
