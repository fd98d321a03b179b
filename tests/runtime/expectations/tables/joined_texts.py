"""The texts of several columns with a full stop between them."""

import numpy as np
import pandas as pd
from expecting import Refused, Row, objects


def steps(runtime):
    return [runtime("featurization.text.string_concat_transformer", "StringConcatTransformer")()]


def texts(**columns):
    return pd.DataFrame({name: objects(*cells) for name, cells in columns.items()})


TABLE = {
    "two": Row(
        texts(a=("x", "y"), b=("p", "q")),
        ["x. p", "y. q"],
        new=texts(a=("z",), b=("z",)),
        then=["z. z"],
    ),
    "three": Row(texts(a=("x",), b=("p",), c=("\u00fc",)), ["x. p. \u00fc"]),
    "one": Row(texts(a=("x", "y")), ["x", "y"]),
    "nothing is text, too": Row(texts(a=("", "x"), b=("", "")), [". ", "x. "]),
    "a matrix": Row(np.array([["x", "p"], ["y", "q"]], dtype=object), ["x. p", "y. q"]),
    "categories": Row(texts(a=("x", "y"), b=("p", "q")).astype("category"), ["x. p", "y. q"]),
    "missing": Row(texts(a=("x", None), b=("p", "q")), Refused("")),
    "missing as NaN": Row(texts(a=("x", "y"), b=("p", np.nan)), Refused("")),
    "numbers": Row(texts(a=(1, 2), b=("p", "q")), Refused("")),
    "a single column": Row(objects("x", "y"), Refused("a table of texts")),
    "no rows": Row(texts(a=(), b=()), [], ours="it gives None"),
}
