"""A date as the numbers a model can use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from .._base import Featurizer, input_names
from ._parsing import FIRST, parse_dates

# In the order of the output columns.
PARTS: dict[str, Callable[[Any], Any]] = {
    "year": lambda dates: dates.year,
    "month": lambda dates: dates.month,
    "day": lambda dates: dates.day,
    "day of week": lambda dates: dates.day_of_week,
    "day of year": lambda dates: dates.day_of_year,
    "quarter": lambda dates: dates.quarter,
    "week of month": lambda dates: (dates.day - 1) // 7 + 1,
    "hour": lambda dates: dates.hour,
    "minute": lambda dates: dates.minute,
    "second": lambda dates: dates.second,
}


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
        dates = pd.DatetimeIndex(parse_dates(X).fillna(FIRST))
        return np.column_stack([np.asarray(part(dates), dtype=np.int64) for part in PARTS.values()])

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
