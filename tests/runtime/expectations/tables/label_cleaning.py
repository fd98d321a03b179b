"""Rows whose label is missing are dropped: None, NaN, NaT, empty text and the word nan.

What comes out are the places of the rows that are kept, and their labels.
"""

import numpy as np
import pandas as pd
from expecting import Refused, Row, categories, dates, nan, objects


class Kept:
    """The function as a step: labels in, (place, label) of the kept rows out."""

    def __init__(self, clean):
        self._clean = clean

    def fit(self, X, y=None):
        del X, y
        return self

    def transform(self, X):
        frame = pd.DataFrame({"place": range(len(X))}, index=[4] * len(X))
        label = X.to_numpy() if isinstance(X, pd.Series) else X
        kept, label, weights = self._clean(
            frame, label, np.arange(len(X)) * 2.0, is_timeseries=False, target_column="target"
        )
        assert list(weights) == [2.0 * place for place in kept["place"]]
        return [list(pair) for pair in zip(kept["place"], label)]  # noqa: B905 - Python 3.8


def steps(runtime):
    return [Kept(runtime("preprocessing.data_cleaning", "_remove_nan_rows_in_X_y"))]


EMPTY = Refused("Every value of the target column 'target' is empty")

TABLE = {
    "numbers": Row(pd.Series([1.0, nan, 2.0]), [[0, 1.0], [2, 2.0]]),
    "all there": Row(pd.Series([1, 0]), [[0, 1], [1, 0]]),
    "infinite stays": Row(pd.Series([np.inf, nan, -np.inf]), [[0, np.inf], [2, -np.inf]]),
    "text": Row(objects("a", None, "", nan, "b"), [[0, "a"], [4, "b"]]),
    "the word nan, in these letters only": Row(
        objects("nan", "NaN", "None"), [[1, "NaN"], [2, "None"]]
    ),
    "blank text stays": Row(objects("", " "), [[1, " "]]),
    "truth with gaps": Row(objects(True, None, False), [[0, True], [2, False]]),
    "mixed": Row(objects(1, "a", pd.NaT, 2.5), [[0, 1], [1, "a"], [3, 2.5]]),
    "one class": Row(objects("a", "a", None), [[0, "a"], [1, "a"]]),
    "one row": Row(objects("a"), [[0, "a"]]),
    "dates": Row(dates("2020-01-02", None), [[0, pd.Timestamp("2020-01-02")]]),
    "all NaN": Row(pd.Series([nan, nan]), EMPTY),
    "all empty": Row(objects("", None, "nan"), EMPTY),
    "no rows": Row(objects(), EMPTY),
    "categories": Row(
        categories("a", None, "b").array,
        [[0, "a"], [2, "b"]],
        ours="fails on pandas' own types officially",
    ),
}
