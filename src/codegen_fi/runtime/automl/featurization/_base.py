"""What every stand-in shares, so that each class says only what it does to a column."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from ._arrow import without_arrow

ONE_COLUMN = ("column",)


class Featurizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A transformer that learns nothing unless it says so, and keeps the names of its input.

    Attributes
    ----------
    takes_matrices : bool
        Several columns will do as well as one. Not a parameter: it is the same for a whole class.
    """

    takes_matrices = False

    def fit(self, X: Any, y: Any = None) -> Featurizer:
        """Learn nothing.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)
        y : ignored

        Returns
        -------
        Featurizer
            Itself.
        """
        return self

    def __sklearn_is_fitted__(self) -> bool:
        """Say yes when there is nothing to learn, or when a learnt attribute is there."""
        return type(self).fit is Featurizer.fit or any(
            name.endswith("_") and not name.startswith("__") for name in vars(self)
        )

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn what goes in: one column of anything, missing cells among it."""
        tags = super().__sklearn_tags__()
        given = tags.input_tags
        # What takes matrices takes one column as well; the checks hand over either.
        given.one_d_array, given.two_d_array = not self.takes_matrices, self.takes_matrices
        given.categorical = given.string = given.allow_nan = True
        # Any number of columns of any name: there is nothing to compare with those of fit.
        tags.no_validation = True
        tags.transformer_tags.preserves_dtype = []
        tags.requires_fit = type(self).fit is not Featurizer.fit
        return tags

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the output columns.

        Parameters
        ----------
        input_features : sequence of str, optional
            Names of the input columns; ``column`` when nothing is given.

        Returns
        -------
        ndarray of str, (output columns,)
        """
        return np.asarray([str(name) for name in input_names(input_features)], dtype=object)


def input_names(input_features: Any) -> tuple[Any, ...]:
    """Give the input names, or one stand-in name when there are none."""
    return ONE_COLUMN if input_features is None else tuple(input_features)


def as_series(values: Any) -> pd.Series[Any]:
    """Give one column as a Series, and objects as the objects they are.

    Parameters
    ----------
    values : Series, pandas array or ndarray, (n,)

    Returns
    -------
    Series, (n,)
        Of no Arrow type.
    """
    dtype = getattr(values, "dtype", None)
    if isinstance(dtype, pd.ArrowDtype):
        return without_arrow(pd.Series(values))
    if isinstance(values, pd.Series):
        return values
    # pandas would take text and dates out of an array of objects, and None for NaN.
    return pd.Series(values, dtype=object if dtype == np.dtype(object) else None)
