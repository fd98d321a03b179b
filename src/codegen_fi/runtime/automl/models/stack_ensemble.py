"""A model over the members' predictions, trained on predictions for rows the member never saw."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin, RegressorMixin
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.utils.metaestimators import _BaseComposition
from sklearn.utils.validation import check_is_fitted

from ...steps import tell_fitting
from ._inputs import TakesSparse
from ._rows import rows
from ._scorer import Scorer
from ._weights import fitted

__all__ = ["Scorer", "StackEnsembleClassifier", "StackEnsembleRegressor"]


class _Stack(TakesSparse, _BaseComposition):  # type: ignore[misc]
    """What the two stacks share."""

    _folds: ClassVar[Any]

    def __init__(
        self,
        base_learners: list[tuple[str, Any]],
        meta_learner: Any,
        training_cv_folds: int = 5,
    ) -> None:
        self.base_learners = base_learners
        self.meta_learner = meta_learner
        self.training_cv_folds = training_cv_folds

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Give the parameters, with those of the learners by their names.

        Parameters
        ----------
        deep : bool

        Returns
        -------
        dict
        """
        params: dict[str, Any] = self._get_params("base_learners", deep=deep)
        return params

    def set_params(self, **params: Any) -> _Stack:
        """Set parameters by the names ``get_params`` gives.

        Parameters
        ----------
        **params : any

        Returns
        -------
        Itself.
        """
        self._set_params("base_learners", **params)
        return self

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Train the meta-learner on out-of-fold predictions, then every learner on all rows.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : ndarray, (n,)
        sample_weight : ndarray, (n,), optional
            For the learners and the meta-learner.

        Returns
        -------
        Itself.
        """
        y = np.asarray(y)
        folds = list(self._folds(self.training_cv_folds).split(np.zeros(len(y)), y))
        weights = None if sample_weight is None else np.asarray(sample_weight)
        count = len(self.base_learners)
        total = 2 * count + 1
        seen = []
        for place, (name, learner) in enumerate(self.base_learners, start=1):
            tell_fitting(f"{name} on {len(folds)} folds", learner, place, total)
            seen.append(self._out_of_fold(learner, X, y, weights, folds))
        tell_fitting("meta-learner", self.meta_learner, count + 1, total)
        self.meta_learner_ = fitted(self.meta_learner, np.hstack(seen), y, weights)
        self.base_learners_ = []
        for place, (name, learner) in enumerate(self.base_learners, start=count + 2):
            tell_fitting(f"{name} on all rows", learner, place, total)
            self.base_learners_.append((name, fitted(learner, X, y, weights)))
        self.n_meta_features_in_ = sum(block.shape[1] for block in seen)
        return self

    def _out_of_fold(
        self, learner: Any, X: Any, y: Any, weights: Any, folds: Any
    ) -> NDArray[np.float64]:
        blocks = []
        for train, test in folds:
            some = None if weights is None else weights[train]
            model = fitted(learner, rows(X, train), y[train], some)
            blocks.append((test, self._columns(model, rows(X, test))))
        out = np.zeros((len(y), blocks[0][1].shape[1]))
        for test, block in blocks:
            out[test] = block
        return out

    def _meta_features(self, X: Any) -> NDArray[np.float64]:
        check_is_fitted(self)
        return np.hstack([self._columns(learner, X) for _, learner in self.base_learners_])

    def _columns(self, learner: Any, X: Any) -> NDArray[np.float64]:
        raise NotImplementedError

    def predict(self, X: Any) -> NDArray[Any]:
        """Let the meta-learner decide.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray, (n,)
        """
        features = self._meta_features(X)
        return np.asarray(self.meta_learner_.predict(features))

    @property
    def n_features_in_(self) -> int:
        """Number of columns seen by ``fit``."""
        return int(self.base_learners_[0][1].n_features_in_)

    @property
    def _base_learners(self) -> list[tuple[str, Any]]:
        return getattr(self, "base_learners_", self.base_learners)

    @property
    def _meta_learner(self) -> Any:
        return getattr(self, "meta_learner_", self.meta_learner)


class StackEnsembleClassifier(ClassifierMixin, _Stack):  # type: ignore[misc]
    """Stack classifiers by their probabilities, without each learner's first class.

    The folds are AutoML's: stratified, in the order of the rows. The meta-features are not: when
    AutoML's class (1.62) is fitted by a generated script, the out-of-fold predictions of all
    learners but the last are lost and the meta-learner trains on zeros in their place. Here every
    learner's predictions are kept, so metrics and weights differ from that class, and are those
    of a stack.

    Parameters
    ----------
    base_learners : list of (str, classifier with predict_proba)
    meta_learner : classifier
    training_cv_folds : int

    Attributes
    ----------
    base_learners_ : list of (str, fitted classifier)
    meta_learner_ : fitted classifier over (classes - 1) columns per learner
    classes_ : ndarray, (classes,)
    """

    _folds = StratifiedKFold

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> StackEnsembleClassifier:
        """Train the meta-learner on out-of-fold probabilities, then every learner on all rows.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : ndarray, (n,)
        sample_weight : ndarray, (n,), optional
            For the learners and the meta-learner.

        Returns
        -------
        StackEnsembleClassifier
            Itself.
        """
        self.classes_ = np.unique(np.asarray(y))
        super().fit(X, y, sample_weight)
        return self

    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """Give the meta-learner's probabilities.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray, (n, classes)
        """
        features = self._meta_features(X)
        return np.asarray(self.meta_learner_.predict_proba(features))

    def _columns(self, learner: Any, X: Any) -> NDArray[np.float64]:
        probabilities = np.asarray(learner.predict_proba(X))
        by_class = np.zeros((len(probabilities), len(self.classes_)))
        by_class[:, np.searchsorted(self.classes_, learner.classes_)] = probabilities
        return by_class[:, 1:]


class StackEnsembleRegressor(RegressorMixin, _Stack):  # type: ignore[misc]
    """Stack regressors by their predictions.

    The folds are AutoML's: contiguous, in the order of the rows. As in
    :class:`StackEnsembleClassifier` every learner's out-of-fold predictions reach the
    meta-learner, where AutoML's class (1.62) keeps those of the last learner only.

    Parameters
    ----------
    base_learners : list of (str, regressor)
    meta_learner : regressor
    training_cv_folds : int

    Attributes
    ----------
    base_learners_ : list of (str, fitted regressor)
    meta_learner_ : fitted regressor over one column per learner
    """

    _folds = KFold

    def _columns(self, learner: Any, X: Any) -> NDArray[np.float64]:
        return np.asarray(learner.predict(X), dtype=float).reshape(-1, 1)
