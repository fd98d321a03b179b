"""Numbers in sorted order; unseen values by their hash, modulo the number of values.

The hashes are published test vectors of MurmurHash3 (32 bits, seed 0), taken as signed.
"""

import numpy as np
import pandas as pd
from expecting import Refused, Row, nan, objects

HELLO, EMPTY, FOX = 0x248BFA47, 0, 0x2E4FF723
ABC = 0xB3DD93FA - 2**32
SORTS = "cannot be sorted officially"
PANGRAM = "The quick brown fox jumps over the lazy dog"


def steps(runtime):
    return [
        runtime("featurization.categorical.labelencoder_transformer", "LabelEncoderTransformer")(
            hashing_seed_val=0
        )
    ]


TABLE = {
    "sorted": Row(objects("c", "a", "b", "a"), [2, 0, 1, 0]),
    "capitals first, letters by code point": Row(objects("é", "z", "A", "a", ""), [4, 3, 1, 2, 0]),
    "numbers as text": Row(objects("10", "9", "1.0", "1"), [2, 3, 1, 0]),
    "a combining letter is another value": Row(objects("e\u0301", "\u00e9"), [0, 1]),
    "unseen": Row(
        objects("x", "y", "z"),
        [0, 1, 2],
        new=objects("hello", "abc", "", PANGRAM, "y"),
        then=[HELLO % 3, ABC % 3, EMPTY % 3, FOX % 3, 1],
    ),
    "one value": Row(objects("x", "x"), [0, 0], new=objects("abc", "x"), then=[0, 0]),
    "arrays": Row(np.array(["b", "a"]), [1, 0], new=np.array(["hello", "b"]), then=[HELLO % 2, 1]),
    "integers": Row(pd.Series([30, 10, 20]), [2, 0, 1]),
    "floats": Row(pd.Series([2.5, -1.0, 2.5]), [1, 0, 1]),
    "a lone surrogate": Row(objects("\ud800", "a"), [1, 0]),
    "no rows later": Row(objects("a"), [0], new=objects(), then=[]),
    "text and numbers": Row(objects("a", 1), Refused("TypeError")),
    "None among text comes last": Row(objects("a", None), [0, 1], ours=SORTS),
    "NaN among text comes last": Row(objects("a", nan), [0, 1], ours=SORTS),
}
