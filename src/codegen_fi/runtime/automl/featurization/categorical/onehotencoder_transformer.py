"""A column of noughts and ones for each value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.preprocessing import OneHotEncoder
from sklearn.utils.validation import check_is_fitted

from .._base import Featurizer, input_names

SEPARATOR = "="


class OneHotEncoderTransformer(Featurizer):
    """scikit-learn's `OneHotEncoder` with a type of one byte, which takes a single Series as well.

    Parameters
    ----------
    categories, drop, handle_unknown, min_frequency, max_categories
        As in `OneHotEncoder`.
    sparse_output : bool
        Give a sparse matrix.
    dtype : dtype
        Of the matrix.
    feature_name_combiner : str
        Kept for the scripts that pass it; the names follow `get_feature_names_out`.
    sparse : bool, optional
        The name of `sparse_output` in SDKs before 1.62.

    Attributes
    ----------
    encoder_ : OneHotEncoder
    input_places_ : ndarray of int, (output columns,)
        The input column that each output column belongs to.
    """

    def __init__(
        self,
        *,
        categories: Any = "auto",
        drop: Any = None,
        sparse_output: bool = True,
        dtype: Any = np.uint8,
        handle_unknown: str = "error",
        min_frequency: Any = None,
        max_categories: int | None = None,
        feature_name_combiner: Any = "concat",
        sparse: bool | None = None,
    ) -> None:
        self.categories = categories
        self.drop = drop
        self.sparse_output = sparse_output
        self.dtype = dtype
        self.handle_unknown = handle_unknown
        self.min_frequency = min_frequency
        self.max_categories = max_categories
        self.feature_name_combiner = feature_name_combiner
        self.sparse = sparse

    def fit(self, X: Any, y: Any = None) -> OneHotEncoderTransformer:
        """Learn the values.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)
        y : ignored

        Returns
        -------
        OneHotEncoderTransformer
            Itself.

        Raises
        ------
        ValueError
            When there are no rows.
        TypeError
            When a column mixes text and numbers.
        """
        self.encoder_ = OneHotEncoder(
            categories=self.categories,
            drop=self.drop,
            sparse_output=self.sparse_output if self.sparse is None else self.sparse,
            dtype=self.dtype,
            handle_unknown=self.handle_unknown,
            min_frequency=self.min_frequency,
            max_categories=self.max_categories,
            feature_name_combiner=_joined,  # pyright: ignore[reportArgumentType]
        ).fit(_table(X))
        places = [place for place, _ in self._values()]
        self.input_places_ = np.array(places, dtype=np.intp)
        return self

    def transform(self, X: Any) -> Any:
        """Encode.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)

        Returns
        -------
        csr_matrix or ndarray of dtype, (n, values)

        Raises
        ------
        ValueError
            For a value not seen in training, unless `handle_unknown` says otherwise.
        """
        check_is_fitted(self)
        table, learnt = _table(X), self.encoder_.categories_
        if table.shape[1] != len(learnt):
            return self.encoder_.transform(table)  # which says so
        columns = [_as_learnt(table[name], each) for name, each in zip(table, learnt, strict=True)]
        return self.encoder_.transform(pd.concat(columns, axis=1))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the columns ``workclass=private``.

        Parameters
        ----------
        input_features : sequence of str, optional

        Returns
        -------
        ndarray of str, (values,)
        """
        check_is_fitted(self)
        names = input_names(input_features)
        if input_features is None and self.encoder_.n_features_in_ > 1:
            names = tuple(f"{names[0]}{place}" for place in range(self.encoder_.n_features_in_))
        named = [f"{names[place]}{SEPARATOR}{value}" for place, value in self._values()]
        return np.array(named, dtype=object)

    def _values(self) -> list[tuple[int, str]]:
        """Give the input column's place and the value of each output column."""
        split = [name.partition(SEPARATOR) for name in self.encoder_.get_feature_names_out()]
        return [(int(place), value) for place, _, value in split]


def _joined(feature: Any, value: Any) -> str:
    return f"{feature}{SEPARATOR}{value}"


def _table(X: Any) -> pd.DataFrame:
    """Call the columns by number and bring pandas' own types down to numpy's."""
    # pandas 2.2 would look for a narrower type, and say so.
    frame = X.to_frame() if isinstance(X, (pd.Series, pd.Index)) else pd.DataFrame(X)
    columns = [_plain(frame.iloc[:, place]) for place in range(frame.shape[1])]
    return pd.DataFrame({str(place): column for place, column in enumerate(columns)})


def _as_learnt(column: pd.Series[Any], values: NDArray[Any]) -> pd.Series[Any]:
    """Make objects of a column that was one of objects in training, and numbers of truth."""
    if values.dtype == object:
        return column.astype(object)
    return column.astype(values.dtype) if column.dtype == bool else column


def _plain(column: pd.Series[Any]) -> pd.Series[Any]:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind not in "mM":
        return column
    # scikit-learn finds NaN among objects again, NaT and NA not in every release.
    values = column.astype(object).to_numpy(dtype=object, na_value=np.nan)
    return pd.Series(values, index=column.index, dtype=object)
