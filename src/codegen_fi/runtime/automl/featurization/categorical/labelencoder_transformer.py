"""One number per value."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.preprocessing import LabelEncoder
from sklearn.utils.validation import check_is_fitted

from .._base import Featurizer
from .._repeats import told_apart
from ._hashing import hash_places


class LabelEncoderTransformer(Featurizer):
    """Number the values in sorted order; a value not seen in training takes the number of its hash.

    Parameters
    ----------
    hashing_seed_val : int
        Seed of the hash for unseen values.

    Attributes
    ----------
    classes_ : ndarray, (values,)
        The values seen in training, sorted.
    """

    def __init__(self, hashing_seed_val: int = 314489979) -> None:
        self.hashing_seed_val = hashing_seed_val

    def fit(self, X: Any, y: Any = None) -> LabelEncoderTransformer:
        """Learn the values.

        Parameters
        ----------
        X : Series or ndarray, (n,)
        y : ignored

        Returns
        -------
        LabelEncoderTransformer
            Itself.

        Raises
        ------
        TypeError
            When the values cannot be sorted among each other (text and numbers).
        """
        distinct = told_apart(np.asarray(X))[1]
        self.classes_: NDArray[Any] = _sorted(distinct)
        return self

    def transform(self, X: Any) -> NDArray[np.int64]:
        """Replace each value by its number.

        Parameters
        ----------
        X : Series or ndarray, (n,)

        Returns
        -------
        ndarray of int64, (n,)
        """
        check_is_fitted(self)
        codes, distinct = told_apart(np.asarray(X))
        numbers = _index(self.classes_).get_indexer(_index(distinct)).astype(np.int64)
        unseen = numbers < 0
        if unseen.any():
            strangers = distinct[unseen].tolist()
            numbers[unseen] = hash_places(strangers, self.hashing_seed_val, len(self.classes_))
        return np.asarray(numbers[codes], dtype=np.int64)


def _sorted(distinct: NDArray[Any]) -> NDArray[Any]:
    if pd.api.types.infer_dtype(distinct, skipna=False) == "string":
        # scikit-learn's checks look through all installed packages when they are first needed.
        return np.array(sorted(distinct), dtype=distinct.dtype)
    return np.asarray(LabelEncoder().fit(distinct).classes_)


def _index(values: NDArray[Any]) -> pd.Index[Any]:
    # Not as text: pandas' own text holds no lone surrogates, and takes None for NaN.
    kept: Any = object if values.dtype == object else None
    index: pd.Index[Any] = pd.Index(values, dtype=kept)
    return index
