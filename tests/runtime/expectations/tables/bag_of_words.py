"""Term frequencies of character trigrams, then of words and pairs; each part of length 1."""

from expecting import Refused, Row, objects

R2, R3, R5, R6 = 2**-0.5, 3**-0.5, 5**-0.5, 6**-0.5


def steps(runtime):
    return [runtime("featurization.text.bagofwords_transformer", "BagOfWordsTransformer")()]


# Trigrams of "ab ab", sorted: " ab", "ab ", "b a". Words: "ab" twice, "ab ab" once.
TABLE = {
    "a word twice": Row(objects("ab ab"), [[R3, R3, R3, 2 * R5, R5]]),
    "capitals are the same": Row(objects("AB ab"), [[R3, R3, R3, 2 * R5, R5]]),
    # "abcd": "abc", "bcd" and one word.
    "one word": Row(objects("abcd"), [[R2, R2, 1]]),
    "letters alone are no words": Row(
        objects("abcd", "a bcd"), [[0, 0, R2, R2, 1, 0], [R3, R3, 0, R3, 0, 1]]
    ),
    "text without anything known": Row(
        objects("abcd"),
        [[R2, R2, 1]],
        new=objects("", "xyz", "abc"),
        then=[[0, 0, 0], [0, 0, 0], [1, 0, 0]],
    ),
    "accents stay": Row(objects("\u00e9t\u00e9"), [[1, 1]], new=objects("ete"), then=[[0, 0]]),
    "text too short for anything": Row(
        objects("a", ""), Refused("empty vocabulary"), ours="an array that fits beside no other"
    ),
    "too short for three letters": Row(objects("ab", "c"), [[1], [0]]),
    "single letters": Row(objects("a b c d"), Refused("empty vocabulary")),
}
