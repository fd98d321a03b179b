"""Edges of the bins of a target: ceil(sqrt(rows)) bins, the outer two beyond 1 % and 99 %.

The inner bins are equally wide; inner edges have two decimals or more, outer ones as many as two
digits of a bin's width need.
"""

import numpy as np
import pandas as pd
from expecting import Row


class Edges:
    """The function as a step: a target in, every edge out."""

    def __init__(self, bins, rows):
        self._bins, self._rows = bins, rows

    def fit(self, X, y=None):
        del X, y
        return self

    def transform(self, X):
        made = self._bins(self._rows, X.to_numpy())
        assert made["number_of_bins"] == len(made["bin_starts"]) == len(made["bin_ends"])
        return [*made["bin_starts"], made["bin_ends"][-1]]


def steps(runtime):
    return [Edges(runtime("preprocessing._dataset_binning", "make_dataset_bins"), 9)]


TABLE = {
    # 1 % and 99 % of 0..100 are 1 and 99; 3 bins of 9 rows, so one inner bin.
    "0 to 100": Row(pd.Series(np.arange(101.0)), [0, 1, 99, 100]),
    "negative": Row(pd.Series(np.arange(-100.0, 1)), [-100, -99, -1, 0]),
    "integers": Row(pd.Series(np.arange(101)), [0, 1, 99, 100]),
    # Width 98/3, two digits: one decimal outside; the outermost values are rounded outwards.
    "fractions at the ends": Row(pd.Series([-0.04, *range(1, 100), 100.04]), [-0.1, 1, 99, 100.1]),
    "one value": Row(pd.Series([5.0, 5.0]), [5, 5]),
    "one row": Row(pd.Series([5.0]), [5, 5]),
}
