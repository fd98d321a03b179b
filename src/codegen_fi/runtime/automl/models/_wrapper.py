"""What the wrappers of earlier SDKs share: free keyword arguments around one estimator."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils.validation import check_is_fitted

from ._inputs import TakesSparse, width
from ._weights import weights_argument


class _Wrapper(TakesSparse, BaseEstimator):  # type: ignore[misc]
    """Build the estimator in ``fit`` from the arguments, and keep it in ``model``."""

    _defaults: ClassVar[dict[str, Any]] = {}
    model: Any

    def __init__(self, **params: Any) -> None:
        self._params = {**self._defaults, **params}

    def _built(self, params: dict[str, Any], X: Any) -> Any:
        raise NotImplementedError

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Give the arguments, with the wrapper's own defaults.

        Parameters
        ----------
        deep : ignored

        Returns
        -------
        dict
        """
        return dict(self._params)

    def set_params(self, **params: Any) -> Any:
        """Set arguments; as the estimator inside checks them, any name is taken.

        Parameters
        ----------
        **params : any

        Returns
        -------
        Itself.
        """
        self._params.update(params)
        return self

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Any:
        """Build the estimator and fit it.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : ndarray, (n,)
        sample_weight : ndarray, (n,), optional

        Returns
        -------
        Itself.
        """
        built = self._built(self._params, X)
        weights = {} if sample_weight is None else {weights_argument(built): sample_weight}
        self.model = built.fit(X, y, **weights)
        self.n_features_in_ = width(X)
        return self

    def __sklearn_is_fitted__(self) -> bool:
        """Say whether ``fit`` was called."""
        return hasattr(self, "model")

    def predict(self, X: Any) -> NDArray[Any]:
        """Let the estimator predict.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray, (n,)
        """
        check_is_fitted(self)
        return np.asarray(self.model.predict(X))


class _ClassifierWrapper(ClassifierMixin, _Wrapper):  # type: ignore[misc]
    """A wrapper of a classifier."""

    @property
    def classes_(self) -> NDArray[Any]:
        """The labels, (classes,)."""
        check_is_fitted(self)
        return np.asarray(self.model.classes_)

    def predict_proba(self, X: Any) -> NDArray[np.floating[Any]]:
        """Give the estimator's probabilities.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray, (n, classes)
        """
        check_is_fitted(self)
        return np.asarray(self.model.predict_proba(X))


class _RegressorWrapper(RegressorMixin, _Wrapper):  # type: ignore[misc]
    """A wrapper of a regressor."""
