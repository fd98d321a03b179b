"""A date as the numbers a model can use."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._base import Featurizer, input_names
from ._parsing import parse_dates
from ._parts import PARTS, parts_of


class DateTimeFeaturesTransformer(Featurizer):
    """Ten numbers per date: year, month, day, day of week (Monday 0), ... second.

    What cannot be read as a date becomes the earliest date there is, 1677-09-21 00:12:43.
    """

    def transform(self, X: Any) -> NDArray[np.int64]:
        """Take apart.

        Parameters
        ----------
        X : Series or ndarray, (n,)
            Dates or text.

        Returns
        -------
        ndarray of int64, (n, 10)
        """
        return parts_of(parse_dates(X).to_numpy())

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the columns ``signup (year)``, ``signup (month)`` ...

        Parameters
        ----------
        input_features : sequence of one str, optional

        Returns
        -------
        ndarray of str, (10,)
        """
        column = ", ".join(map(str, input_names(input_features)))
        return np.array([f"{column} ({part})" for part in PARTS], dtype=object)
