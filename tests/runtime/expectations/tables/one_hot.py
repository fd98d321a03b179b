"""The one-hot encoder of the scripts: a counting vectorizer whose tokens are whole cells.

Columns are sorted; text is in lower case first; an unseen value has no column.
"""

import numpy as np
import pandas as pd
from expecting import Refused, Row, categories, nan, objects
from sklearn.feature_extraction.text import CountVectorizer


def steps(runtime):
    wrap = runtime("featurization.utilities", "wrap_in_list")
    return [
        runtime("featurization.text.stringcast_transformer", "StringCastTransformer")(),
        CountVectorizer(binary=True, dtype=np.uint8, tokenizer=wrap, token_pattern=None),
    ]


TABLE = {
    "two values": Row(objects("b", "a", "b"), [[0, 1], [1, 0], [0, 1]]),
    "capitals are the same value": Row(objects("B", "b"), [[1], [1]]),
    "missing is a value: NaN before None": Row(
        objects("z", nan, None), [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    ),
    "the word nan is the missing value": Row(objects("nan", nan, "a"), [[0, 1], [0, 1], [1, 0]]),
    "empty and blank text": Row(objects("", " ", ""), [[1, 0], [0, 1], [1, 0]]),
    "unseen": Row(
        objects("a", "b"), [[1, 0], [0, 1]], new=objects("c", "b"), then=[[0, 0], [0, 1]]
    ),
    "1 and 1.0 are two values": Row(objects(1, 1.0, "1"), [[1, 0], [0, 1], [1, 0]]),
    "integers that get a gap later": Row(
        pd.Series([1, 2]), [[1, 0], [0, 1]], new=pd.Series([1, nan]), then=[[0, 0], [0, 0]]
    ),
    "both zeros": Row(pd.Series([0.0, -0.0]), [[0, 1], [1, 0]]),
    "truth": Row(pd.Series([True, False]), [[0, 1], [1, 0]]),
    "an unused category has no column": Row(
        categories("b", "c", of=["a", "b", "c"]), [[1, 0], [0, 1]]
    ),
    "one value, one row": Row(objects("x"), [[1]]),
    "one value, many rows": Row(objects("x", "x", "x"), [[1], [1], [1]]),
    "missing everywhere": Row(objects(None, None), [[1], [1]]),
    "a combining letter": Row(objects("e\u0301", "\u00e9"), [[1, 0], [0, 1]]),
    "sentinels are values": Row(pd.Series([-2147483648, 1]), [[1, 0], [0, 1]]),
    "no rows later": Row(objects("x"), [[1]], new=objects(), then=[]),
    "no rows": Row(objects(), Refused("empty vocabulary")),
}
