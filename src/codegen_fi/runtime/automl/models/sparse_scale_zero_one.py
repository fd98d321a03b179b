"""Bring every stored value of a sparse matrix into [0, 1] and leave it sparse."""

from __future__ import annotations

from typing import Any

from scipy import sparse
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.preprocessing import MaxAbsScaler
from sklearn.utils.validation import check_is_fitted

from ._inputs import TakesSparse, noted


class SparseScaleZeroOne(OneToOneFeatureMixin, TransformerMixin, TakesSparse, BaseEstimator):  # type: ignore[misc]
    """Scale columns by their largest magnitude, then map the stored values from [-1, 1] to [0, 1].

    An absent zero stays zero, a stored value v becomes (v / max|column| + 1) / 2. A dense table is
    taken as the sparse matrix of its non-zero cells.

    Attributes
    ----------
    model : MaxAbsScaler, fitted
    n_features_in_ : int
    """

    def fit(self, X: Any, y: Any = None) -> SparseScaleZeroOne:
        """Learn the columns' largest magnitudes.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : ignored

        Returns
        -------
        SparseScaleZeroOne
            Itself.
        """
        self.model: Any = MaxAbsScaler().fit(_sparse(X))
        noted(self, X)
        return self

    def __sklearn_is_fitted__(self) -> bool:
        """Say whether ``fit`` was called."""
        return hasattr(self, "model")

    def transform(self, X: Any) -> Any:
        """Scale.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        sparse matrix, (n, columns)
        """
        check_is_fitted(self)
        scaled = self.model.transform(_sparse(X))
        scaled.data = (scaled.data + 1) / 2
        return scaled


def _sparse(X: Any) -> Any:
    return X if sparse.issparse(X) else sparse.csr_matrix(X, dtype=float)
