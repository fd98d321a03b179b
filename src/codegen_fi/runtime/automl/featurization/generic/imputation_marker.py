"""Whether a cell was missing is news of its own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import OneToOneFeatureMixin

from .._base import Featurizer, input_names


class ImputationMarker(OneToOneFeatureMixin, Featurizer):  # type: ignore[misc]
    """Mark missing cells (None, NaN, NaT, NA); infinite numbers and empty text are not missing."""

    takes_matrices = True

    def transform(self, X: Any) -> NDArray[np.bool_]:
        """Mark.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)

        Returns
        -------
        ndarray of bool, shaped like X
        """
        return np.asarray(pd.isna(X), dtype=bool)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the columns ``hours per week (missing)``.

        Parameters
        ----------
        input_features : sequence of str, optional

        Returns
        -------
        ndarray of str, (columns,)
        """
        names = [f"{name} (missing)" for name in input_names(input_features)]
        return np.array(names, dtype=object)
