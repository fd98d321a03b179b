"""True where a cell is missing: None, NaN, NaT, NA; nothing else is."""

import numpy as np
import pandas as pd
from expecting import Row, categories, dates, nan, objects

SENTINELS = [-2147483648, -9223372036854775808]


def steps(runtime):
    return [runtime("featurization.generic.imputation_marker", "ImputationMarker")()]


TABLE = {
    "all kinds of missing": Row(objects(None, nan, pd.NaT, pd.NA, "a"), [1, 1, 1, 1, 0]),
    "empty, blank and the word are not": Row(objects("", " ", "nan", "None"), [0, 0, 0, 0]),
    "infinite is not": Row(pd.Series([np.inf, -np.inf, nan]), [0, 0, 1]),
    "sentinels are not": Row(pd.Series(SENTINELS), [0, 0]),
    "dates": Row(dates("2020-01-02", None), [0, 1]),
    "categories": Row(categories("a", None), [0, 1]),
    "nullable": Row(pd.Series([1, None], dtype="Int64"), [0, 1]),
    "a frame, cell by cell": Row(
        pd.DataFrame({"a": [1.0, nan], "b": objects(None, "x")}), [[0, 1], [1, 0]]
    ),
    "names that are numbers": Row(pd.DataFrame({0: [1.0, nan]}), [[0], [1]]),
    "no rows": Row(objects(), []),
    "an index of its own": Row(pd.Series([nan, 1], index=[3, 3]), [1, 0]),
}
