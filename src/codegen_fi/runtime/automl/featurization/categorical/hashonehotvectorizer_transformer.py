"""One-hot columns for values too many to list."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .._base import Featurizer, input_names
from .._repeats import told_apart
from ._hashing import hash_places


class HashOneHotVectorizerTransformer(Featurizer):
    """Give each value the column its hash names; different values may share one.

    Parameters
    ----------
    hashing_seed_val : int
        Seed of the hash.
    num_cols : int
        How many columns to spread the values over.
    """

    def __init__(self, hashing_seed_val: int = 314489979, num_cols: int = 8096) -> None:
        self.hashing_seed_val = hashing_seed_val
        self.num_cols = num_cols

    def transform(self, X: Any) -> sparse.csr_matrix:
        """Hash.

        Parameters
        ----------
        X : Series or ndarray of str, (n,)

        Returns
        -------
        csr_matrix of bool, (n, num_cols)
            One true value in each row.
        """
        codes, distinct = told_apart(np.asarray(X))
        places = hash_places(distinct.tolist(), self.hashing_seed_val, self.num_cols)[codes]
        rows = len(codes)
        parts = np.ones(rows, dtype=bool), places.astype(np.int32), np.arange(rows + 1)
        return sparse.csr_matrix(parts, shape=(rows, self.num_cols))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the columns ``zip[hash 0]``, ``zip[hash 1]`` ...

        Parameters
        ----------
        input_features : sequence of one str, optional

        Returns
        -------
        ndarray of str, (num_cols,)
        """
        column = ", ".join(map(str, input_names(input_features)))
        return np.array([f"{column}[hash {place}]" for place in range(self.num_cols)], dtype=object)
