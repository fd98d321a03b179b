"""Class probabilities by the shares of the words, one count added to each."""

import numpy as np
import pandas as pd
from expecting import Refused, Row
from scipy import sparse


def steps(runtime):
    return [runtime("featurization.text.naive_bayes", "NaiveBayes")()]


COUNTS = pd.DataFrame({"good": [2.0, 0, 1], "bad": [0.0, 1, 1]})
# Class 0: one row of three, shares 3/4 and 1/4. Class 1: two rows, shares 2/5 and 3/5.
# A row (2, 0): 1/3 * 9/16 against 2/3 * 4/25; (0, 1): 1/3 * 1/4 against 2/3 * 3/5;
# (1, 1): 1/3 * 3/16 against 2/3 * 6/25.
TRAINED = [[225 / 353, 128 / 353], [5 / 29, 24 / 29], [25 / 89, 64 / 89]]
# (1, 0): 1/3 * 3/4 against 2/3 * 2/5; nothing at all: the shares of the classes.
NEW = pd.DataFrame({"good": [1.0, 0], "bad": [0.0, 0]})
THEN = [[15 / 31, 16 / 31], [1 / 3, 2 / 3]]

TABLE = {
    "numbers as labels": Row(COUNTS, TRAINED, new=NEW, then=THEN, y=[0, 1, 1]),
    "words as labels, sorted": Row(COUNTS, TRAINED, new=NEW, then=THEN, y=["no", "yes", "yes"]),
    "flags as labels": Row(COUNTS, TRAINED, new=NEW, then=THEN, y=[False, True, True]),
    "sparse": Row(sparse.csr_matrix(COUNTS.to_numpy()), TRAINED, y=[0, 1, 1]),
    "one class": Row(COUNTS, [[1], [1], [1]], y=[4, 4, 4]),
    "one row": Row(COUNTS[:1], [[1]], y=[1]),
    # Three classes of a row each: shares 3/4 1/4, 1/3 2/3, 1/2 1/2.
    "three classes": Row(
        COUNTS,
        [[81 / 133, 16 / 133, 36 / 133], [3 / 17, 8 / 17, 6 / 17], [27 / 95, 32 / 95, 36 / 95]],
        y=[0, 1, 2],
    ),
    "no label": Row(COUNTS, Refused("")),
    "a label that is a measure": Row(COUNTS, Refused(""), y=[0.5, 1.2, 2.7]),
    "negative counts": Row(-COUNTS, Refused("Negative values"), y=[0, 1, 1]),
    "missing counts": Row(COUNTS.replace(2.0, np.nan), Refused("NaN"), y=[0, 1, 1]),
    "no rows": Row(COUNTS[:0], Refused(""), y=[]),
}
