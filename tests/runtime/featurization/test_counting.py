"""Counting many texts at once must be scikit-learn's counting in everything but time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from codegen_fi.runtime.automl.featurization.text import (
    _columns,
    _counting,
    _grams,
    _numbering,
    _tokens,
)

VECTORIZERS = {
    "characters": CountVectorizer(analyzer="char", ngram_range=(3, 3)),
    "short characters": CountVectorizer(analyzer="char", ngram_range=(1, 3), dtype=np.uint8),
    "pairs of characters": TfidfVectorizer(analyzer="char", ngram_range=(2, 3), max_df=0.6),
    "in words": TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32),
    "words": CountVectorizer(),
    "words as they are": TfidfVectorizer(lowercase=False, use_idf=False, norm="l1"),
    "words and pairs": TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
    "pairs": CountVectorizer(ngram_range=(2, 2), binary=True),
    "frequent words": TfidfVectorizer(ngram_range=(1, 2), max_features=3, use_idf=False),
    "not too rare": CountVectorizer(analyzer="char", ngram_range=(2, 2), min_df=2),
}
# Letters whose lower case is longer or depends on what follows, marks that combine, other scripts,
# every kind of blank, digits, the separator used inside, a half of a surrogate pair.
LETTERS = "abAB_9²½ \t\n\r\x1c\x85\u2003\u3000İΣσßé\u0301日本アक्٣𝐀😀\ud800-.,'"
TEXTS = st.lists(
    st.one_of(
        st.text(alphabet=LETTERS, max_size=12),
        st.text(max_size=20),
        st.text(alphabet="ab", min_size=6, max_size=200),
        st.sampled_from(
            ["", "nan", "the cat", "ΑΣ ΑΣΑ", "a" * 8, "a" * 9, "a" * 16, "b" + "a" * 8]
        ),
    ),
    min_size=2,
    max_size=25,
)


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    """A few short texts are many chunks of few texts."""
    monkeypatch.setattr(_counting, "AS_FEW_TEXTS", 1)
    monkeypatch.setattr(_counting, "CHARACTERS_AT_ONCE", 40)


def outcome(action, *arguments):
    try:
        return action(*arguments)
    except ValueError as error:
        return str(error)


def assert_same_matrix(ours, reference):
    if isinstance(reference, str):
        assert ours == reference
        return
    assert type(ours) is type(reference)
    assert ours.shape == reference.shape
    for part in ("indptr", "indices", "data"):
        mine, theirs = getattr(ours, part), getattr(reference, part)
        assert mine.dtype == theirs.dtype
        np.testing.assert_array_equal(mine, theirs)


def assert_same_step(ours, reference):
    assert set(vars(ours)) == set(vars(reference))
    if hasattr(reference, "vocabulary_"):
        assert list(ours.vocabulary_.items()) == list(reference.vocabulary_.items())
        kinds = [[type(v) for v in step.vocabulary_.values()] for step in (ours, reference)]
        assert kinds[0] == kinds[1]


@pytest.mark.parametrize("name", VECTORIZERS)
@settings(max_examples=60, deadline=None)
@given(texts=TEXTS, new=TEXTS)
def test_any_text_is_counted_as_scikit_learn_counts_it(name, texts, new):
    reference, ours = clone(VECTORIZERS[name]), clone(VECTORIZERS[name])
    texts, new = np.array(texts, dtype=object), np.array(new, dtype=object)
    expected = outcome(reference.fit_transform, texts)
    assert_same_matrix(outcome(_counting.fit_transform, ours, texts), expected)
    if isinstance(expected, str):
        return
    assert_same_step(ours, reference)
    assert_same_matrix(_counting.transform(ours, new), reference.transform(new))
    assert_same_matrix(ours.transform(new), reference.transform(new))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_columns, "WORTH_KEYS", 0)
        patch.setattr(_grams, "TERMS_AT_ONCE", 3)
        assert_same_matrix(_counting.transform(ours, new), reference.transform(new))


def test_many_words_are_looked_up_by_key_and_few_are_spelled():
    words = _grams.WordGrams((1, 2), lowercase=True)
    vocabulary = {f"word{k} other": k for k in range(50)}
    for characters, kind in ((100, _columns.Spelled), (10_000, _columns.Keyed)):
        assert type(_columns.columns_of(words, vocabulary, characters)) is kind
    letters = _grams.CharacterGrams((3,), lowercase=True)
    assert type(_columns.columns_of(letters, {"abc": 0}, 10_000)) is _columns.Spelled
    assert type(_columns.columns_of(words, {}, 10_000)) is _columns.Spelled
    assert type(_columns.columns_of(words, None, 10_000)) is _columns.Met


def test_words_of_more_letters_than_a_byte_tells_and_of_any_length():
    letters = [chr(0x4E00 + place) for place in range(_tokens.LARGEST_ALPHABET + 10)]
    texts = ["".join(letters[k : k + 3]) + " " + letters[k] * 90 for k in range(260)]
    texts += ["x" * size for size in range(1, 120)] + [
        "x" * 80 + "y",
        "x" * 7 + "y",
        "x" * 15 + "y",
    ]
    texts = np.array(texts * 2, dtype=object)
    for step in (CountVectorizer(), CountVectorizer(ngram_range=(1, 2))):
        reference, ours = clone(step), clone(step)
        assert_same_matrix(_counting.fit_transform(ours, texts), reference.fit_transform(texts))
        assert_same_step(ours, reference)


@pytest.mark.parametrize(
    "settings_",
    [
        {"tokenizer": str.split, "token_pattern": None},
        {"token_pattern": r"\w+"},
        {"stop_words": ["the", "cat"]},
        {"preprocessor": str.upper},
        {"strip_accents": "unicode"},
        {"ngram_range": (1, 3)},
        {"vocabulary": ["cat", "dog"]},
        {"analyzer": str.split},
        {"analyzer": "char_wb", "ngram_range": (2, 4)},
        {"analyzer": "char", "ngram_range": (4, 4)},
    ],
)
def test_other_settings_are_left_to_scikit_learn(settings_):
    texts = np.array(["The cät sat", "a dog 1 x", "", "the CAT the dog"], dtype=object)
    reference, ours = CountVectorizer(**settings_), CountVectorizer(**settings_)
    assert_same_matrix(_counting.fit_transform(ours, texts), reference.fit_transform(texts))
    assert_same_matrix(_counting.transform(ours, texts[::-1]), reference.transform(texts[::-1]))


@pytest.mark.parametrize("cell", [None, np.nan, 3, b"bytes"])
def test_what_is_no_text_is_met_as_scikit_learn_meets_it(cell):
    texts = np.array(["the cat", cell, "dog"], dtype=object)
    answers = []
    for action in (CountVectorizer().fit_transform, None):
        try:
            made = action(texts) if action else _counting.fit_transform(CountVectorizer(), texts)
            answers.append(made.toarray().tolist())
        except (ValueError, AttributeError, TypeError) as error:
            answers.append(repr(error))
    assert answers[0] == answers[1]


@given(st.lists(st.lists(st.integers(0, 2**62), max_size=30), min_size=1, max_size=4))
@pytest.mark.parametrize("tables", [_numbering.TABLES, "pandas.no_such_module"])
def test_numbers_go_on_from_piece_to_piece(tables, pieces):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_numbering, "TABLES", tables)
        numbering, met = _numbering.Numbering(), {}
        for piece in pieces:
            before = len(met)
            expected = [met.setdefault(value, len(met)) for value in piece]
            numbers, new = numbering.numbers(np.array(piece, dtype=np.int64))
            assert numbers.tolist() == expected
            assert new.tolist() == list(met)[before:]
        assert numbering.known().tolist() == list(met)


def test_the_step_keeps_its_own_methods():
    texts = np.array(["the cat", "the dog"] * 3, dtype=object)
    step = CountVectorizer()
    _counting.fit_transform(step, texts)
    _counting.transform(step, texts)
    assert not {name for name in vars(step) if callable(vars(step)[name]) and name[0] == "_"}
