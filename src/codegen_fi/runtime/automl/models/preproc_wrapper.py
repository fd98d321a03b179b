"""Earlier SDKs' wrapper of any preprocessor."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from ._inputs import TakesSparse, noted


class PreprocWrapper(TransformerMixin, TakesSparse, BaseEstimator):  # type: ignore[misc]
    """A preprocessor of another library, built in ``fit`` from its class and its arguments.

    Parameters
    ----------
    cls : type
        Class of the preprocessor.
    module_name, class_name : str, optional
        What older scripts say is inside; not used.
    **kwargs : any
        Arguments of ``cls``.

    Attributes
    ----------
    model : of type ``cls``, fitted
    """

    model: Any

    def __init__(
        self, cls: Any, module_name: str | None = None, class_name: str | None = None, **kwargs: Any
    ) -> None:
        if not isinstance(cls, type):
            raise TypeError(f"PreprocWrapper takes a class, such as StandardScaler, not {cls!r}.")
        self._own: dict[str, Any] = {
            "cls": cls,
            "module_name": module_name,
            "class_name": class_name,
        }
        self._args = kwargs

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Give the arguments, those of the preprocessor among them.

        Parameters
        ----------
        deep : ignored

        Returns
        -------
        dict
        """
        return {**self._own, **self._args}

    def set_params(self, **params: Any) -> PreprocWrapper:
        """Set arguments; as the preprocessor checks its own, any name is taken.

        Parameters
        ----------
        **params : any

        Returns
        -------
        PreprocWrapper
            Itself.
        """
        for name, value in params.items():
            (self._own if name in self._own else self._args)[name] = value
        return self

    def fit(self, X: Any, y: Any = None) -> PreprocWrapper:
        """Build the preprocessor and fit it.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : ndarray, (n,), optional

        Returns
        -------
        PreprocWrapper
            Itself.
        """
        self.model = self._own["cls"](**self._args).fit(X, y)
        noted(self, X)
        return self

    def __sklearn_is_fitted__(self) -> bool:
        """Say whether ``fit`` was called."""
        return hasattr(self, "model")

    def transform(self, X: Any) -> Any:
        """Let the preprocessor transform.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray or sparse matrix, (n, outputs)
        """
        check_is_fitted(self)
        return self.model.transform(X)

    def inverse_transform(self, X: Any) -> Any:
        """Let the preprocessor undo its transform, if it can.

        Parameters
        ----------
        X : ndarray or sparse matrix, (n, outputs)

        Returns
        -------
        ndarray or sparse matrix, (n, columns)
        """
        check_is_fitted(self)
        return self.model.inverse_transform(X)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[Any]:
        """Give the names of the preprocessor's outputs.

        Parameters
        ----------
        input_features : list of str, optional

        Returns
        -------
        ndarray of str, (outputs,)
        """
        check_is_fitted(self)
        return np.asarray(self.model.get_feature_names_out(input_features))
