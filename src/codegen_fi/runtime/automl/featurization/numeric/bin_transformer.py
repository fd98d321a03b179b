"""A number as the interval it falls into."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import OneToOneFeatureMixin
from sklearn.utils.validation import check_is_fitted

from .._base import Featurizer, input_names


class BinTransformer(OneToOneFeatureMixin, Featurizer):  # type: ignore[misc]
    """Cut the range of the training values into intervals of equal width and number these.

    As `pandas.cut` does: closed on the right, the first one a thousandth of the range wider.
    Missing values and those beyond the training range have no interval (NaN).

    Parameters
    ----------
    num_bins : int or sequence of float
        How many intervals, or their edges.

    Attributes
    ----------
    edges_ : ndarray, (intervals + 1,)
        Nanoseconds since 1970 in UTC for dates.
    """

    def __init__(self, num_bins: Any = 5) -> None:
        self.num_bins = num_bins

    def fit(self, X: Any, y: Any = None) -> BinTransformer:
        """Learn the edges.

        Parameters
        ----------
        X : Series or ndarray, (n,)
            Numbers, flags, dates or durations.
        y : ignored

        Returns
        -------
        BinTransformer
            Itself.

        Raises
        ------
        ValueError
            When there is no value, an infinite one, or more than one column.
        TypeError
            When the values aren't numbers.
        """
        values = _numbers(X)
        # The range of whole numbers may be wider than their type.
        values = values.astype(np.float64) if values.dtype.kind in "iu" else values
        edges = pd.cut(values, self.num_bins, labels=False, retbins=True)[1]
        # The edges between dates are whole nanoseconds.
        self.edges_ = edges.astype(np.int64) if _is_time(X) else edges
        return self

    def transform(self, X: Any) -> NDArray[Any]:
        """Give the number of each value's interval, from 0.

        Parameters
        ----------
        X : Series or ndarray, (n,)

        Returns
        -------
        ndarray, (n,)
            Of int64 when every value has an interval, else of float64.
        """
        check_is_fitted(self)
        return np.asarray(pd.cut(_numbers(X), self.edges_, labels=False))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the column ``age (bin)``.

        Parameters
        ----------
        input_features : sequence of one str, optional

        Returns
        -------
        ndarray of str, (1,)
        """
        return np.array([f"{name} (bin)" for name in input_names(input_features)], dtype=object)


def _is_time(X: Any) -> bool:
    return getattr(getattr(X, "dtype", None), "kind", None) in {"m", "M"}


def _numbers(X: Any) -> NDArray[Any]:
    if getattr(X, "ndim", 1) != 1:
        raise ValueError(f"expected one column, not an input of {X.ndim} dimensions")
    if _is_time(X):
        return _nanoseconds(pd.Series(X))
    if isinstance(X, pd.Series) and not isinstance(X.dtype, np.dtype):
        return _from_extension(X)
    values = np.asarray(X)
    if values.dtype == np.float16:
        # pandas cuts no half precision.
        return values.astype(np.float64)
    return values.astype(np.int64) if values.dtype == bool else values


def _nanoseconds(column: pd.Series[Any]) -> NDArray[Any]:
    if getattr(column.dtype, "tz", None) is not None:
        column = column.dt.tz_convert("UTC").dt.tz_localize(None)
    exact = column.to_numpy(f"{column.dtype.kind}8[ns]").view(np.int64)
    missing = column.isna().to_numpy()
    return np.where(missing, np.nan, exact) if missing.any() else exact


def _from_extension(column: pd.Series[Any]) -> NDArray[Any]:
    if not pd.api.types.is_numeric_dtype(column.dtype):
        raise TypeError(f"expected numbers, not a column of type {column.dtype}")
    return column.to_numpy(dtype=np.float64, na_value=np.nan)
