"""Several text columns as one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._base import Featurizer, input_names


class StringConcatTransformer(Featurizer):
    """Join the texts of each row.

    Parameters
    ----------
    separator : str
        Put between the texts.
    """

    def __init__(self, separator: str = ". ") -> None:
        self.separator = separator

    def transform(self, X: Any) -> NDArray[np.object_]:
        """Join.

        Parameters
        ----------
        X : DataFrame or ndarray of str, (n, columns)

        Returns
        -------
        ndarray of str, (n,)

        Raises
        ------
        TypeError
            When a cell is no text, missing ones included, or X has one dimension.
        """
        if getattr(X, "ndim", 2) == 1:
            raise TypeError("expected a table of texts, not one column; name it as ['a']")
        rows = X.to_numpy(dtype=object) if isinstance(X, pd.DataFrame) else np.asarray(X)
        joined = [self.separator.join(row) for row in rows.tolist()]
        return np.array([*joined, None], dtype=object)[:-1]

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the column ``title + body``.

        Parameters
        ----------
        input_features : sequence of str, optional

        Returns
        -------
        ndarray of str, (1,)
        """
        return np.array([" + ".join(map(str, input_names(input_features)))], dtype=object)
