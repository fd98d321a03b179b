"""The ensemble of the earliest SDKs: models that may be fitted already, averaged or stacked."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import accuracy_score, r2_score
from sklearn.utils.metaestimators import available_if
from sklearn.utils.validation import check_is_fitted

from ._inputs import TakesSparse

_CLASSIFICATION = "classification"


def _classifies(ensemble: Any) -> bool:
    return bool(ensemble.task == _CLASSIFICATION)


class EnsembleWrapper(TakesSparse, BaseEstimator):  # type: ignore[misc]
    """Average models' answers by weight, or let one more model decide from them.

    Fitted models can be given: then it predicts without ``fit``.

    Parameters
    ----------
    models : list of estimators
        All classifiers with ``predict_proba``, or all regressors.
    clf : fitted estimator, optional
        Decides from the models' answers: for classification their probabilities of the second
        class, model after model, then of the third and so on; for regression their predictions.
        ``fit`` doesn't fit it.
    weights : list of float, (models,), optional
        Need not add up to one; equal when missing. Not used with ``clf``.
    task : {"classification", "regression"}
    **kwargs : any
        Taken and ignored, as AutoML's class does.

    Attributes
    ----------
    models_ : list of fitted estimators
        Only after ``fit``.
    classes_ : ndarray, (classes,)
        The labels; for classification only.
    """

    def __init__(
        self,
        models: Any = None,
        clf: Any = None,
        weights: Any = None,
        task: str = _CLASSIFICATION,
        **kwargs: Any,
    ) -> None:
        self.models = models
        self.clf = clf
        self.weights = weights
        self.task = task

    def fit(self, X: Any, y: Any) -> EnsembleWrapper:
        """Fit a clone of each model.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : array, (n,)

        Returns
        -------
        EnsembleWrapper
            Itself.
        """
        fresh: list[Any] = [clone(model) for model in self.models]
        self.models_ = [model.fit(X, y) for model in fresh]
        return self

    @property
    def _estimator_type(self) -> str:
        return "classifier" if self.task == _CLASSIFICATION else "regressor"

    def __sklearn_tags__(self) -> Any:
        """Say whether it's a classifier or a regressor."""
        from sklearn.utils import ClassifierTags, RegressorTags

        tags: Any = super().__sklearn_tags__()
        tags.estimator_type = self._estimator_type
        if self.task == _CLASSIFICATION:
            tags.classifier_tags = ClassifierTags()
        else:
            tags.regressor_tags = RegressorTags()
        tags.target_tags.required = True
        return tags

    def __sklearn_is_fitted__(self) -> bool:
        """Say whether the models can predict."""
        return bool(self._members()) and all(map(_is_fitted, self._members()))

    @property
    def estimators_(self) -> list[Any]:
        """The models that predict."""
        check_is_fitted(self)
        return self._members()

    @property
    def classes_(self) -> NDArray[Any]:
        """The labels, (classes,)."""
        if self.task != _CLASSIFICATION:
            raise AttributeError("An EnsembleWrapper for regression has no classes.")
        return np.asarray((self.clf or self.estimators_[0]).classes_)

    @property
    def n_features_in_(self) -> int:
        """Number of columns seen by the models."""
        return int(self.estimators_[0].n_features_in_)

    def predict(self, X: Any) -> NDArray[Any]:
        """Predict labels or numbers.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray, (n,)
        """
        check_is_fitted(self)
        if self.task == _CLASSIFICATION:
            return self.classes_[np.argmax(self.predict_proba(X), axis=1)]
        numbers = np.column_stack([model.predict(X) for model in self._members()])
        if self.clf is not None:
            return np.asarray(self.clf.predict(numbers))
        return np.average(numbers, axis=1, weights=self.weights)

    @available_if(_classifies)  # type: ignore[untyped-decorator]
    def predict_proba(self, X: Any) -> NDArray[np.float64]:
        """Give the probabilities of the classes.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray, (n, classes)
        """
        check_is_fitted(self)
        each = [np.asarray(model.predict_proba(X)) for model in self._members()]
        if self.clf is not None:
            class_by_class = np.stack(each, axis=2)[:, 1:]
            return np.asarray(self.clf.predict_proba(class_by_class.reshape(len(each[0]), -1)))
        return np.asarray(np.average(each, axis=0, weights=self.weights))

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """Give the accuracy of a classifier, the coefficient of determination of a regressor.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : array, (n,)
        sample_weight : array, (n,), optional

        Returns
        -------
        float
        """
        measure = accuracy_score if self.task == _CLASSIFICATION else r2_score
        return float(measure(y, self.predict(X), sample_weight=sample_weight))

    def _members(self) -> list[Any]:
        return list(getattr(self, "models_", self.models or []))


def _is_fitted(model: Any) -> bool:
    try:
        check_is_fitted(model)
    except NotFittedError:
        return False
    return True
