"""scikit-learn's imputer as the scripts build it; columns without any value are left out."""

import numpy as np
import pandas as pd
from expecting import Refused, Row, nan
from sklearn.impute import SimpleImputer


def steps(runtime):
    del runtime
    return [
        SimpleImputer(
            add_indicator=False, copy=True, fill_value=None, missing_values=nan, strategy="mean"
        )
    ]


def frame(**columns):
    return pd.DataFrame(columns)


TABLE = {
    "the mean": Row(frame(a=[1.0, nan, 3]), [[1], [2], [3]]),
    "new rows take the training mean": Row(
        frame(a=[1.0, 3]), [[1], [3]], new=frame(a=[nan, 10]), then=[[2], [10]]
    ),
    "missing in all new rows": Row(frame(a=[1, 3]), [[1], [3]], new=frame(a=[nan]), then=[[2]]),
    "integers": Row(frame(a=[1, 2]), [[1], [2]]),
    "one row": Row(frame(a=[1.5]), [[1.5]]),
    "nullable integers": Row(frame(a=pd.array([1, None, 3], dtype="Int64")), [[1], [2], [3]]),
    "infinite": Row(frame(a=[np.inf, 1.0]), Refused("infinity")),
    "text": Row(frame(a=["x", "y"]), Refused("ValueError")),
}
