"""Class probabilities by any classifier; here naive Bayes with three counts added to each word."""

import pandas as pd
from expecting import Refused, Row
from sklearn.naive_bayes import MultinomialNB


def steps(runtime):
    encoder = runtime("featurization.generic.modelbased_target_encoder", "ModelBasedTargetEncoder")
    return [encoder(MultinomialNB, {"alpha": 3.0})]


COUNTS = pd.DataFrame({"good": [2.0, 0, 1], "bad": [0.0, 1, 1]})
# Class 0: one row of three, shares 5/8 and 3/8. Class 1: two rows, shares 4/9 and 5/9.
# (2, 0): 1/3 * 25/64 against 2/3 * 16/81; (0, 1): 1/3 * 3/8 against 2/3 * 5/9;
# (1, 1): 1/3 * 15/64 against 2/3 * 20/81. (1, 0): 1/3 * 5/8 against 2/3 * 4/9.
TRAINED = [[2025 / 4073, 2048 / 4073], [27 / 107, 80 / 107], [243 / 755, 512 / 755]]
TABLE = {
    "words as labels, sorted": Row(
        COUNTS,
        TRAINED,
        new=pd.DataFrame({"good": [1.0, 0], "bad": [0.0, 0]}),
        then=[[45 / 109, 64 / 109], [1 / 3, 2 / 3]],
        y=["no", "yes", "yes"],
    ),
    "one class": Row(COUNTS, [[1], [1], [1]], y=[4, 4, 4]),
    "no label": Row(COUNTS, Refused("")),
    "a label that is a measure": Row(COUNTS, Refused(""), y=[0.5, 1.2, 2.7]),
}
