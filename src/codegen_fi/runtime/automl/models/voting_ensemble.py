"""Weighted votes over fitted members, all of which stay reachable for an explanation."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from sklearn.ensemble import VotingClassifier, VotingRegressor
from sklearn.preprocessing import LabelEncoder
from sklearn.utils import Bunch

from ...steps import tell_fitting
from ._weights import fitted


class _WeightedMembers:
    """What the two ensembles share: members that are pipelines get weights at their end."""

    estimators: list[tuple[str, Any]]
    estimators_: list[Any]
    named_estimators_: Bunch

    def _fit_members(self, X: Any, y: Any, sample_weight: Any) -> None:
        self.estimators_ = []
        for place, (name, member) in enumerate(self.estimators, start=1):
            tell_fitting(name, member, place, len(self.estimators))
            self.estimators_.append(fitted(member, X, y, sample_weight))
        names = [name for name, _ in self.estimators]
        self.named_estimators_ = Bunch(**dict(zip(names, self.estimators_, strict=True)))

    def _log_message(self, name: str, idx: int, total: int) -> str | None:
        """Tell of each member: scikit-learn asks for its own message just before a fit."""
        tell_fitting(name, dict(self.estimators)[name], idx, total)
        message: str | None = super()._log_message(name, idx, total)  # type: ignore[misc]
        return message


class PreFittedSoftVotingClassifier(_WeightedMembers, VotingClassifier):  # type: ignore[misc]
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

    def fit(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, X: Any, y: Any, sample_weight: Any = None
    ) -> Any:
        """Fit clones of the members.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : array, (n,)
        sample_weight : array, (n,), optional
            For every member.

        Returns
        -------
        Itself.
        """
        if sample_weight is None:
            return super().fit(X, y)
        self.le_ = LabelEncoder().fit(y)
        self.classes_ = self.le_.classes_
        self._fit_members(X, self.le_.transform(y), sample_weight)
        return self


class PreFittedSoftVotingRegressor(_WeightedMembers, VotingRegressor):  # type: ignore[misc]
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

    def fit(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, X: Any, y: Any, sample_weight: Any = None
    ) -> Any:
        """Fit clones of the members.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : array, (n,)
        sample_weight : array, (n,), optional
            For every member.

        Returns
        -------
        Itself.
        """
        if sample_weight is None:
            return super().fit(X, y)
        self._fit_members(X, np.ravel(y), sample_weight)
        return self
