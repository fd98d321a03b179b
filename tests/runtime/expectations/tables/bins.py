"""Five intervals of equal width over the training values, closed on the right, numbered from 0."""

import numpy as np
import pandas as pd
from expecting import Refused, Row, nan, objects


def steps(runtime):
    return [runtime("featurization.numeric.bin_transformer", "BinTransformer")()]


# Edges of 0 .. 10: -0.01, 2, 4, 6, 8, 10.
TABLE = {
    "inside": Row(pd.Series([0.0, 3, 5, 7, 10]), [0, 1, 2, 3, 4]),
    "on an edge": Row(pd.Series([0.0, 2, 4, 6, 8, 10]), [0, 0, 1, 2, 3, 4]),
    "beyond the training range": Row(
        pd.Series([0.0, 10]),
        [0, 4],
        new=pd.Series([-0.01, -0.009, 10.01, np.inf]),
        then=[nan, 0, nan, nan],
    ),
    "missing": Row(pd.Series([0.0, np.nan, 10]), [0, nan, 4]),
    "missing whole numbers": Row(pd.Series([0, None, 10], dtype="Int64"), [0, nan, 4]),
    "a sentinel is a number": Row(pd.Series([0, 1, -2147483648]), [4, 4, 0]),
    # Of one value the edges lie a thousandth of it around: 4.995, 4.997, 4.999, 5.001 ...
    "all equal": Row(pd.Series([5, 5]), [2, 2]),
    "all nought": Row(pd.Series([0.0, 0.0]), [2, 2]),
    "one row": Row(pd.Series([7.0]), [2]),
    "flags": Row(pd.Series([True, False]), [4, 0]),
    "wider than its type": Row(pd.Series([-128, 0, 127], dtype="int8"), [0, 2, 4]),
    "half precision": Row(pd.Series([0.0, nan, 3, 10], dtype="float16"), [0, nan, 1, 4]),
    # A year of 366 days: its middle is noon of 1 July or so.
    "dates": Row(pd.Series(pd.to_datetime(["2020-01-01", None, "2021-01-01"])), [0, nan, 4]),
    "durations": Row(pd.Series(pd.to_timedelta([0, 5, 10], "D")), [0, 2, 4]),
    "nothing": Row(pd.Series([np.nan, np.nan]), Refused("")),
    "no rows": Row(pd.Series([], dtype=float), Refused("")),
    "infinity": Row(pd.Series([1.0, np.inf]), Refused("infinity")),
    "text": Row(objects("1", "2"), Refused("")),
    "categories": Row(pd.Series(pd.Categorical([1, 2])), Refused("expected numbers")),
    "two columns": Row(pd.DataFrame({"a": [1.0], "b": [2.0]}), Refused("one column")),
    "flags with gaps": Row(
        pd.Series([True, None, False], dtype="boolean"), [4, nan, 0], ours="it fails on NA"
    ),
}
