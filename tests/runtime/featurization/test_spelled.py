"""Words carried through a chain are the words that its steps would hand over."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn import config_context
from sklearn.base import clone
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from codegen_fi.runtime.automl.featurization.categorical.cat_imputer import CatImputer
from codegen_fi.runtime.automl.featurization.categorical.hashonehotvectorizer_transformer import (
    HashOneHotVectorizerTransformer,
)
from codegen_fi.runtime.automl.featurization.categorical.labelencoder_transformer import (
    LabelEncoderTransformer,
)
from codegen_fi.runtime.automl.featurization.text.stringcast_transformer import (
    StringCastTransformer,
)
from codegen_fi.runtime.automl.featurization.utilities import wrap_in_list
from codegen_fi.runtime.automl.sklearn_pandas._chain import TransformerChain
from codegen_fi.runtime.automl.sklearn_pandas._spelled import Spelled, spell
from codegen_fi.runtime.errors import DataError

CAST = StringCastTransformer()
ONE_HOT = CountVectorizer(binary=True, dtype=np.uint8, tokenizer=wrap_in_list, token_pattern=None)
LASTS = [
    ONE_HOT,
    clone(ONE_HOT).set_params(lowercase=False, binary=False),
    clone(ONE_HOT).set_params(stop_words=["a"], ngram_range=(1, 2)),
    TfidfVectorizer(analyzer="char", ngram_range=(1, 2), use_idf=False),
    TfidfVectorizer(tokenizer=wrap_in_list, token_pattern=None),
    HashOneHotVectorizerTransformer(num_cols=7),
    LabelEncoderTransformer(),
]
CELLS = st.one_of(
    st.sampled_from(["a", "B", "b", "nan", "None", "", "a\0", "ä b", "\ud800"]),
    st.sampled_from([None, np.nan, pd.NaT, pd.NA]),
    st.sampled_from([1, 1.0, True, b"a", datetime.date(2020, 1, 1)]),
)
WORDS = st.one_of(st.sampled_from(["a", "B", "b", "nan", "ä b"]), st.just(np.nan))
COLUMNS = st.one_of(
    st.lists(WORDS, min_size=2, max_size=30), st.lists(CELLS, min_size=2, max_size=30)
)


def one_by_one(steps, X, new):
    steps = [clone(step) for step in steps]
    for step in steps:
        X = step.fit_transform(X)
        new = step.transform(new)
    return X, new, steps


def outcome(action, *arguments):
    try:
        return action(*arguments)
    except (DataError, ValueError, TypeError) as error:
        return type(error).__name__


def in_chain(steps, X, new):
    chain = TransformerChain(steps, ["column"])
    return chain.fit_transform(X), chain.transform(new), chain.steps_


def assert_same(ours, reference):
    assert type(ours) is type(reference)
    assert ours.dtype == reference.dtype
    if not sparse.issparse(ours):
        assert ours.tolist() == reference.tolist()
        return
    assert ours.shape == reference.shape
    for part in ("data", "indices", "indptr"):
        assert getattr(ours, part).dtype == getattr(reference, part).dtype
        assert getattr(ours, part).tolist() == getattr(reference, part).tolist()


@pytest.mark.parametrize("last", LASTS)
@given(cells=COLUMNS, others=COLUMNS, bare=st.booleans())
def test_a_chain_gives_what_its_steps_give(last, cells, others, bare):
    columns = [pd.Series(values, dtype=object) for values in (cells, others)]
    given_ = [column.to_numpy() for column in columns] if bare else columns
    reference = outcome(one_by_one, [CAST, last], *given_)
    ours = outcome(in_chain, [CAST, last], *given_)
    if isinstance(reference, str):
        assert isinstance(ours, str)
        return
    assert_same(ours[0], reference[0])
    assert_same(ours[1], reference[1])
    fitted = [vars(steps[-1]) for steps in (ours[2], reference[2])]
    assert list(fitted[0].get("vocabulary_", ())) == list(fitted[1].get("vocabulary_", ()))
    assert str(fitted[0].get("classes_")) == str(fitted[1].get("classes_"))


def test_a_label_is_given_word_by_word_behind_an_imputer():
    column = pd.Series(["b", np.nan, "a", "b"] * 5, dtype=object)
    steps = [CatImputer(), CAST, LabelEncoderTransformer()]
    reference, ours = one_by_one(steps, column, column), in_chain(steps, column, column)
    assert_same(ours[0], reference[0])
    assert ours[2][0].fill_ == "b"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["b", "a", "b"], ["b", "a"]),
        (["b", np.nan, "a", None, "b"], None),
        (["b", "a", np.nan, "c", np.nan], ["b", "a", "nan", "c"]),
        ([None, "a", "a"], ["None", "a"]),
        (["nan", np.nan, "a"], None),
        ([1, "a"], None),
        ([np.nan, np.nan], None),
    ],
)
def test_words_in_the_order_in_which_they_are_met(cells, words):
    made = spell(CAST, LASTS[-1], pd.Series(cells, dtype=object))
    assert (made and made.words.tolist()) == words
    if isinstance(made, Spelled):
        assert made.texts().tolist() == CAST.transform(pd.Series(cells, dtype=object)).tolist()


def test_other_output_than_arrays_is_left_to_the_steps():
    column = pd.Series(["a", "b"], dtype=object)
    with config_context(transform_output="pandas"):
        assert spell(CAST, LASTS[-1], column) is None
    asked = clone(LASTS[-1]).set_output(transform="pandas")
    assert spell(CAST, asked, column) is None
    assert spell(CAST, None, column) is None
    assert spell(CAST, LASTS[-1], pd.Series(["a", "b"], dtype="category")) is None
