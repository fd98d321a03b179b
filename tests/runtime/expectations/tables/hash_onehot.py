"""One true column per row, where the hash says.

The hashes are published test vectors of MurmurHash3 (32 bits, seed 0), taken as signed.
"""

import pandas as pd
from expecting import Refused, Row, objects

WIDTH = 11
HELLO, EMPTY = 0x248BFA47, 0
ABC = 0xB3DD93FA - 2**32
PANGRAM, FOX = "The quick brown fox jumps over the lazy dog", 0x2E4FF723


def steps(runtime):
    return [
        runtime(
            "featurization.categorical.hashonehotvectorizer_transformer",
            "HashOneHotVectorizerTransformer",
        )(hashing_seed_val=0, num_cols=WIDTH)
    ]


def at(*hashes):
    return [[place == value % WIDTH for place in range(WIDTH)] for value in hashes]


TABLE = {
    "places": Row(objects("hello", "abc", "", PANGRAM), at(HELLO, ABC, EMPTY, FOX)),
    "repeated": Row(objects("abc", "hello", "abc"), at(ABC, HELLO, ABC)),
    "unseen values have a place as well": Row(
        objects("hello"), at(HELLO), new=objects("abc"), then=at(ABC)
    ),
    "one row": Row(objects("abc"), at(ABC)),
    "no rows": Row(objects(), []),
    "an index of its own": Row(
        pd.Series(["abc", "hello"], index=[5, 5], dtype=object), at(ABC, HELLO)
    ),
    "a value that is no text": Row(objects(None), Refused("TypeError")),
    "a lone surrogate": Row(objects("\ud800"), Refused("UnicodeEncodeError")),
}
