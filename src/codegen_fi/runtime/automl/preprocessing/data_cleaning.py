"""Rows without a target can't be learnt from."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from ...errors import DataError

_LOG = logging.getLogger("azureml.training.tabular")
_MISSING_TEXT = ("", "nan")


def _remove_nan_rows_in_X_y(  # noqa: N802
    X: Any,
    y: Any,
    sample_weights: Any = None,
    is_timeseries: bool = False,
    target_column: str | None = None,
) -> tuple[Any, NDArray[Any], Any]:
    """Drop the rows whose target is missing.

    Missing are None, NaN, NaT, NA and, in text, an empty cell and the word ``nan``. Infinite
    numbers and missing weights stay. Extension arrays become plain ndarrays.

    Parameters
    ----------
    X : DataFrame, ndarray or sparse matrix, (n, columns)
    y : array, (n,)
    sample_weights : array, (n,), optional
    is_timeseries : ignored
    target_column : str, optional
        For the message.

    Returns
    -------
    X, y, sample_weights
        With the same rows dropped; X keeps its kind and index.

    Raises
    ------
    DataError
        No row has a target.
    """
    y = _plain(y)
    keep = ~_missing(y)
    if not keep.any():
        raise DataError(
            f"Every value of the target column {target_column!r} is empty, so there is nothing to "
            "learn. Check that the file holds the labels and that this is the right column."
        )
    if keep.all():
        return X, y, sample_weights
    _LOG.info("Dropped %d of %d rows without a target.", len(y) - keep.sum(), len(y))
    weights = None if sample_weights is None else np.asarray(sample_weights)[keep]
    return _kept(X, keep), y[keep], weights


def _plain(y: Any) -> NDArray[Any]:
    """Turn a Series, Categorical or extension array into the ndarray its values make."""
    if isinstance(y, np.ndarray):
        return y
    series = pd.Series(y)
    dtype = _plain_dtype(series)
    if dtype == "float64":
        # pandas 2.2 makes a missing Int64 no NaN unless told to.
        return np.asarray(series.to_numpy(dtype=dtype, na_value=np.nan))
    return np.asarray(series.to_numpy(dtype=dtype))


def _plain_dtype(y: Any) -> Any:
    """Choose the numpy dtype that holds a series without loss."""
    if isinstance(y.dtype, np.dtype):
        return y.dtype
    if pd.api.types.is_bool_dtype(y.dtype) or not pd.api.types.is_numeric_dtype(y.dtype):
        return object if y.isna().any() or not pd.api.types.is_bool_dtype(y.dtype) else bool
    if pd.api.types.is_integer_dtype(y.dtype) and not y.isna().any():
        return "int64"
    return "float64"


def _missing(y: NDArray[Any]) -> NDArray[np.bool_]:
    missing = np.asarray(pd.isna(y))
    if y.dtype.kind in "OU":
        missing |= np.isin(y.astype(str), _MISSING_TEXT)
    return missing


def _kept(X: Any, keep: NDArray[np.bool_]) -> Any:
    return X.tocsr()[keep] if sparse.issparse(X) else X[keep]
