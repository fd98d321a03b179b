"""One column for each value in sorted order, the missing ones last; unseen values have none."""

import numpy as np
import pandas as pd
from expecting import Refused, Row, objects


def steps(runtime):
    module = "featurization.categorical.onehotencoder_transformer"
    return [runtime(module, "OneHotEncoderTransformer")(handle_unknown="ignore")]


TABLE = {
    "text": Row(
        objects("b", "a", "B", ""), [[0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 0]]
    ),
    "missing": Row(objects("b", None, "a"), [[0, 1, 0], [0, 0, 1], [1, 0, 0]]),
    "missing in two ways": Row(objects("a", np.nan, None), [[1, 0, 0], [0, 0, 1], [0, 1, 0]]),
    "unseen": Row(
        objects("b", "a"),
        [[0, 1], [1, 0]],
        new=objects("z", "a", None),
        then=[[0, 0], [1, 0], [0, 0]],
    ),
    "numbers": Row(pd.Series([10.0, np.nan, 9]), [[0, 1, 0], [0, 0, 1], [1, 0, 0]]),
    "whole numbers with gaps": Row(
        pd.Series([10, None, 9], dtype="Int64"), [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    ),
    "a sentinel is a value": Row(pd.Series([1, -2147483648]), [[0, 1], [1, 0]]),
    "flags": Row(pd.Series([True, False]), [[0, 1], [1, 0]]),
    "flags with gaps": Row(
        pd.Series([True, None, False], dtype="boolean"), [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    ),
    "dates with gaps": Row(
        pd.Series(pd.to_datetime(["2021-01-01", None, "2020-01-01"])),
        [[0, 1, 0], [0, 0, 1], [1, 0, 0]],
    ),
    "categories": Row(
        pd.Series(pd.Categorical(["b", None, "a"])), [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    ),
    "nothing": Row(objects(None, None), [[1], [1]]),
    "two columns": Row(
        pd.DataFrame({"a": ["y", "x"], "b": [1, 2]}),
        [[0, 1, 1, 0], [1, 0, 0, 1]],
        new=pd.DataFrame({"a": ["x", "z"], "b": [3, 2]}),
        then=[[1, 0, 0, 0], [0, 0, 0, 1]],
    ),
    "whole numbers with gaps, and without later": Row(
        pd.Series([10, None, 9], dtype="Int64"),
        [[0, 1, 0], [0, 0, 1], [1, 0, 0]],
        new=pd.Series([9, 8]),
        then=[[1, 0, 0], [0, 0, 0]],
    ),
    "categories, and numbers with gaps later": Row(
        pd.Series(pd.Categorical([2, 1])),
        [[0, 1], [1, 0]],
        new=pd.Series([1.0, np.nan]),
        then=[[1, 0], [0, 0]],
    ),
    "numbers, and flags later": Row(
        pd.Series([5, 7]), [[1, 0], [0, 1]], new=pd.Series([True, False]), then=[[0, 0], [0, 0]]
    ),
    "text and numbers": Row(objects("a", 1), Refused("")),
    "no rows": Row(objects(), Refused("")),
    "text with NA": Row(
        pd.Series(["b", None, "a"], dtype="string"),
        [[0, 1, 0], [0, 0, 1], [1, 0, 0]],
        ours="it fails on NA",
    ),
}
