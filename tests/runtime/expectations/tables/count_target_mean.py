"""The label's mean of a value, blended with the mean of all by the number of its rows.

weight = 1 / (1 + exp(-(rows - 2) / 1)); a value of one row, unseen or missing: the mean of all.
"""

import math

import numpy as np
import pandas as pd
from expecting import Refused, Row, nan, objects


def steps(runtime):
    return [
        runtime("featurization.generic.countbased_target_encoder", "CountBasedTargetEncoder")(
            blending_param=2, smoothing_param=1, task="regression", classes=np.array(["regression"])
        )
    ]


def blend(rows, mean, prior):
    weight = 1 / (1 + math.exp(-(rows - 2)))
    return [weight * mean + (1 - weight) * prior]


Y = np.array([1.0, 2, 3, 4, 10])
A, B, ALL = blend(3, 2, 4), blend(2, 7, 4), [4.0]

TABLE = {
    "two values": Row(objects(*"aaabb"), [A, A, A, B, B], y=Y),
    "as many rows as the blending weigh the same": Row(
        objects(*"ababb"),
        [
            blend(2, 2, 4),
            blend(3, 16 / 3, 4),
            blend(2, 2, 4),
            blend(3, 16 / 3, 4),
            blend(3, 16 / 3, 4),
        ],
        y=Y,
    ),
    "a value of one row": Row(objects(*"aaab", "c"), [A, A, A, ALL, ALL], y=Y),
    "unseen and missing": Row(
        objects(*"aaabb"),
        [A, A, A, B, B],
        y=Y,
        new=objects("z", None, nan, "b"),
        then=[ALL, ALL, ALL, B],
    ),
    "missing rows count in the mean of all": Row(
        objects("a", "a", "a", None, nan), [A, A, A, ALL, ALL], y=Y
    ),
    "empty text is a value": Row(objects("", "", "", "b", "b"), [A, A, A, B, B], y=Y),
    "integers": Row(pd.Series([7, 7, 7, 8, 8]), [A, A, A, B, B], y=Y),
    "1 and 1.0 are one value": Row(objects(1, 1.0, 1, 8, 8), [A, A, A, B, B], y=Y),
    "text that differs after a NUL": Row(
        objects("a\0", "a\0", "a\0", "a", "a"), [A, A, A, B, B], y=Y, ours="one value officially"
    ),
    "a constant column": Row(objects(*"aaaaa"), [ALL] * 5, y=Y),
    "a constant label": Row(objects(*"aab"), [[5.0]] * 3, y=np.array([5.0, 5, 5])),
    "one row": Row(objects("a"), [[3.0]], y=np.array([3.0])),
    "missing everywhere": Row(objects(None, None), [[1.5], [1.5]], y=np.array([1.0, 2])),
    "no label": Row(objects("a"), Refused("needs the label")),
}
