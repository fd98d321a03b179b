"""Earlier SDKs' transformers that change no value: all columns as they are, or some of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from ._inputs import TakesSparse, is_table, noted, width

_DENSE_FROM = 0.3


class _Stateless(TransformerMixin, TakesSparse, BaseEstimator):  # type: ignore[misc]
    """A transformer that learns nothing; ``fit`` only notes the columns' names."""

    n_features_in_: int

    def fit(self, X: Any, y: Any = None) -> Any:
        """Note the columns.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)
        y : ignored

        Returns
        -------
        Itself.
        """
        return noted(self, X)

    def __sklearn_is_fitted__(self) -> bool:
        """Say yes: there is nothing to learn."""
        return True

    def __sklearn_tags__(self) -> Any:
        """Say that no fit is needed, and that missing values stay."""
        tags: Any = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.input_tags.allow_nan = True
        return tags

    def _more_tags(self) -> dict[str, bool]:
        # The same for scikit-learn 1.5.
        return {"requires_fit": False, "stateless": True, "allow_nan": True}


class IdentityTransformer(OneToOneFeatureMixin, _Stateless):  # type: ignore[misc]
    """Give back what is given, a table or a target.

    Unlike the official class it also has an ``inverse_transform``, so that a pipeline with an
    unchanged target can predict.
    """

    def fit(self, X: Any, y: Any = None) -> IdentityTransformer:
        """Note the columns of a table; a target has none.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns), or a target, (n,)
        y : ignored

        Returns
        -------
        IdentityTransformer
            Itself.
        """
        if is_table(X):
            noted(self, X)
        return self

    def transform(self, X: Any, y: Any = None) -> Any:
        """Give X back.

        Parameters
        ----------
        X : any
        y : ignored

        Returns
        -------
        The same object.
        """
        return X

    def inverse_transform(self, X: Any) -> Any:
        """Give X back.

        Parameters
        ----------
        X : any

        Returns
        -------
        The same object.
        """
        return X


class DropColumnsTransformer(_Stateless):
    """Keep some columns by their positions, and drop the rest.

    Parameters
    ----------
    columns_to_keep : int or list of int
        Positions, from the end when negative, in the order of the output. An empty list keeps
        every column.
    """

    def __init__(self, columns_to_keep: Any) -> None:
        self.columns_to_keep = columns_to_keep

    def transform(self, X: Any) -> Any:
        """Take the columns.

        Parameters
        ----------
        X : DataFrame, ndarray or sparse matrix, (n, columns)

        Returns
        -------
        ndarray or csr_matrix, (n, kept)
            Sparse when X is and fewer than 30 % of the kept cells are stored. With an empty
            ``columns_to_keep`` it's X itself.

        Raises
        ------
        ValueError
            A position is beyond the columns of X.
        """
        keep = self._positions()
        if len(keep) == 0:
            return X
        if not hasattr(X, "shape"):
            X = np.asarray(X)
        self._check(keep, width(X))
        if sparse.issparse(X):
            return _thin(X.tocsc()[:, keep])
        return X.iloc[:, keep].to_numpy() if hasattr(X, "iloc") else np.asarray(X)[:, keep]

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[Any]:
        """Give the names of the kept columns.

        Parameters
        ----------
        input_features : list of str, optional
            The names of all columns; those seen by ``fit``, or ``x0``, ``x1``, ... without.

        Returns
        -------
        ndarray of str, (kept,)
        """
        if input_features is None:
            check_is_fitted(self, "n_features_in_")
            numbered = [f"x{i}" for i in range(self.n_features_in_)]
            input_features = getattr(self, "feature_names_in_", numbered)
        names = np.asarray(input_features, dtype=object)
        keep = self._positions()
        return names[keep] if len(keep) else names

    def _positions(self) -> NDArray[np.intp]:
        return np.atleast_1d(np.asarray(self.columns_to_keep)).astype(np.intp)

    def _check(self, keep: NDArray[np.intp], columns: int) -> None:
        seen = getattr(self, "n_features_in_", columns)
        if columns != seen:
            raise ValueError(
                f"X has {columns} features, but DropColumnsTransformer is expecting {seen} "
                "features as input"
            )
        beyond = keep[(keep >= columns) | (keep < -columns)]
        if len(beyond):
            raise ValueError(
                f"DropColumnsTransformer keeps the columns at {beyond.tolist()}, "
                f"but there are {columns} columns, from 0 to {columns - 1}."
            )


def _thin(table: Any) -> Any:
    """Make a table dense as AutoML's own class does, once many of its cells are stored."""
    cells = table.shape[0] * table.shape[1]
    if cells and table.nnz / cells >= _DENSE_FROM:
        return table.toarray()
    return table.tocsr()
