"""Earlier SDKs' own names for scikit-learn's preprocessors."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import Normalizer, StandardScaler
from sklearn.utils.validation import check_is_fitted

from ._inputs import TakesSparse, noted


class SparseNormalizer(Normalizer):  # type: ignore[misc]
    """``sklearn.preprocessing.Normalizer`` under its former name.

    Parameters
    ----------
    norm : {"l1", "l2", "max"}
    copy : bool
    """


class StandardScalerWrapper(StandardScaler):  # type: ignore[misc]
    """``sklearn.preprocessing.StandardScaler`` under its former name.

    Parameters
    ----------
    copy, with_mean, with_std : bool
    module_name, class_name : str
        What older scripts say is inside; not used.
    """

    def __init__(
        self,
        *,
        copy: bool = True,
        with_mean: bool = True,
        with_std: bool = True,
        module_name: str = "sklearn.preprocessing._data",
        class_name: str = "StandardScaler",
    ) -> None:
        super().__init__(copy=copy, with_mean=with_mean, with_std=with_std)
        self.module_name = module_name
        self.class_name = class_name


class _SparseTable(TakesSparse, BaseEstimator):  # type: ignore[misc]
    """An estimator that takes sparse tables."""


class TruncatedSVDWrapper(ClassNamePrefixFeaturesOutMixin, TransformerMixin, _SparseTable):  # type: ignore[misc]
    """``sklearn.decomposition.TruncatedSVD`` with a share of the columns as its size.

    Parameters
    ----------
    n_components : float
        Share of the columns that are kept.
    min_components, max_components : int
        Bounds of what the share comes to.
    random_state : int, optional
    algorithm, n_iter, tol
        As of ``TruncatedSVD``.

    Attributes
    ----------
    model : TruncatedSVD, fitted
    components_ : ndarray, (components, columns)
    """

    n_features_in_: int

    def __init__(
        self,
        min_components: int = 2,
        max_components: int = 200,
        random_state: Any = None,
        *,
        n_components: float,
        algorithm: str = "randomized",
        n_iter: int = 5,
        tol: float = 0.0,
    ) -> None:
        self.min_components = min_components
        self.max_components = max_components
        self.random_state = random_state
        self.n_components = n_components
        self.algorithm = algorithm
        self.n_iter = n_iter
        self.tol = tol

    def fit(self, X: Any, y: Any = None) -> TruncatedSVDWrapper:
        """Learn the components.

        Parameters
        ----------
        X : ndarray or sparse matrix, (n, columns)
        y : ignored

        Returns
        -------
        TruncatedSVDWrapper
            Itself.
        """
        noted(self, X)
        wanted = int(self.n_features_in_ * self.n_components)
        self.model = TruncatedSVD(
            n_components=min(self.max_components, max(self.min_components, wanted)),
            algorithm=self.algorithm,
            n_iter=self.n_iter,
            tol=self.tol,
            random_state=self.random_state,
        ).fit(X)
        return self

    def transform(self, X: Any) -> NDArray[np.float64]:
        """Project onto the components.

        Parameters
        ----------
        X : ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray, (n, components)
        """
        check_is_fitted(self, "model")
        return np.asarray(self.model.transform(X))

    def inverse_transform(self, X: Any) -> NDArray[np.float64]:
        """Give the columns that components stand for, as near as they come.

        Parameters
        ----------
        X : ndarray, (n, components)

        Returns
        -------
        ndarray, (n, columns)
        """
        check_is_fitted(self, "model")
        return np.asarray(self.model.inverse_transform(X))

    @property
    def components_(self) -> NDArray[np.float64]:
        """The components, (components, columns)."""
        return np.asarray(self.model.components_)

    @property
    def _n_features_out(self) -> int:
        return len(self.components_)
