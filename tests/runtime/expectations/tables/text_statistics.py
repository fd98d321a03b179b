"""Counts of a text: capitalised words, characters, exclamation marks, full stops, questions, words.

A word has two letters, digits or underscores at least; it counts as capitalised unless all its
letters are small and there is one.
"""

from expecting import Refused, Row, objects
from sklearn.feature_extraction import DictVectorizer


def steps(runtime):
    count = runtime("featurization.text.stats_transformer", "StatsTransformer")
    return [count(), DictVectorizer(sparse=False)]


TABLE = {
    "small letters": Row(objects("a red dog"), [[0, 9, 0, 0, 0, 2]]),
    "capitals": Row(objects("The iPhone, A RED dog"), [[3, 21, 0, 0, 0, 4]]),
    "numbers have no small letter": Row(objects("12 x1 1.50"), [[2, 10, 0, 1, 0, 3]]),
    "no letters of two sizes": Row(objects("\u65e5\u672c __"), [[2, 5, 0, 0, 0, 2]]),
    "accents": Row(objects("\u00c9t\u00e9 \u00e9t\u00e9"), [[1, 7, 0, 0, 0, 2]]),
    "marks": Row(objects("Why?! No... 'Yes'!"), [[3, 18, 2, 3, 1, 3]]),
    "an apostrophe parts words": Row(objects("don't"), [[0, 5, 0, 0, 0, 1]]),
    "blanks and nothing": Row(objects("  ", ""), [[0, 2, 0, 0, 0, 0], [0] * 6]),
    "line ends are characters": Row(objects("ab\ncd\t"), [[0, 6, 0, 0, 0, 2]]),
    "the words of missing values": Row(
        objects("nan", "None"), [[0, 3, 0, 0, 0, 1], [1, 4, 0, 0, 0, 1]]
    ),
    "missing": Row(objects("ab", None), Refused("")),
    "numbers": Row(objects(1, 2), Refused("")),
}
