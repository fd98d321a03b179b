"""Six counts, each over its interquartile range, before the character trigrams and the words.

Of two values the interquartile range is half their distance; one of 0 divides by 1.
"""

from expecting import Refused, Row, objects

R2 = 2**-0.5


def steps(runtime):
    bag = runtime("featurization.text.bagofwords_transformer", "BagOfWordsTransformer")
    return [bag(include_dense_features=True)]


# Capitalised words 0 and 1, characters 3 and 4, exclamation marks 0 and 1, one word each; trigrams
# "abc", "bc!"; the word "abc".
TABLE = {
    "two texts": Row(
        objects("abc", "ABC!"),
        [[0, 6, 0, 0, 0, 1, 1, 0, 1], [2, 8, 2, 0, 0, 1, R2, R2, 1]],
        new=objects("", "Abc. Abc? z"),
        then=[[0] * 9, [4, 22, 0, 1, 1, 2, 1, 0, 1]],
    ),
    "one text": Row(objects("abc"), [[0, 3, 0, 0, 0, 1, 1, 1]]),
    "too short for a trigram": Row(objects("ab"), [[0, 2, 0, 0, 0, 1, 1]]),
    "too short for anything": Row(objects("a", ""), [[0, 2, 0, 0, 0, 0], [0] * 6]),
    "long enough but no word": Row(objects("a b"), Refused("empty vocabulary")),
    "missing": Row(objects("abc", None), Refused("")),
    "numbers": Row(objects(1, 2), Refused("")),
}
