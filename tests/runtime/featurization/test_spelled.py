"""Words carried through a chain are the words that its steps would hand over."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn import config_context
from sklearn.base import clone
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer

from codegen_fi.runtime.automl.featurization import _repeats
from codegen_fi.runtime.automl.featurization.categorical.cat_imputer import CatImputer
from codegen_fi.runtime.automl.featurization.categorical.hashonehotvectorizer_transformer import (
    HashOneHotVectorizerTransformer,
)
from codegen_fi.runtime.automl.featurization.categorical.labelencoder_transformer import (
    LabelEncoderTransformer,
)
from codegen_fi.runtime.automl.featurization.categorical.onehotencoder_transformer import (
    OneHotEncoderTransformer,
)
from codegen_fi.runtime.automl.featurization.text.stringcast_transformer import (
    StringCastTransformer,
)
from codegen_fi.runtime.automl.featurization.utilities import wrap_in_list
from codegen_fi.runtime.automl.sklearn_pandas._chain import TransformerChain
from codegen_fi.runtime.automl.sklearn_pandas._fresh import fresh
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


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch):
    """A few cells are told apart by the objects in them."""
    monkeypatch.setattr(_repeats, "FEWEST", 1)


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
@settings(deadline=None)
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


@settings(deadline=None)
@given(cells=st.lists(WORDS, min_size=2, max_size=30))
def test_values_are_told_apart_by_their_objects_as_by_themselves(cells):
    column = pd.Series(cells, dtype=object)
    codes, distinct = _repeats.told_apart(column.to_numpy(), missing_too=False)
    expected, words = pd.factorize(column.to_numpy())
    assert codes.tolist() == expected.tolist()
    assert list(map(repr, distinct)) == list(map(repr, words))
    same = _repeats.identical(column.to_numpy())
    if same is not None:
        assert all(cell is same[1][code] for cell, code in zip(column, same[0], strict=True))


def test_objects_are_told_apart_when_many_cells_share_them():
    shared = np.array(["a", "b", np.nan, "a"] * 50, dtype=object)
    codes, objects = _repeats.identical(shared)
    assert codes.tolist() == [0, 1, 2, 0] * 50
    assert objects[:2].tolist() == ["a", "b"]
    assert _repeats.identical(np.array([f"{k}" for k in range(200)], dtype=object)) is None
    assert _repeats.identical(shared[::2]) is None
    assert _repeats.identical(np.zeros(200)) is None


@pytest.mark.parametrize(
    "step",
    [
        *LASTS,
        CAST,
        CatImputer(copy=False),
        SimpleImputer(),
        OneHotEncoderTransformer(categories=[[1]]),
    ],
)
def test_a_fresh_copy_is_a_clone(step):
    copy = fresh(step)
    assert copy is not step
    assert type(copy) is type(step)
    assert vars(copy).keys() == vars(clone(step)).keys()
    assert str(copy.get_params()) == str(step.get_params())
    lists = [value for value in copy.get_params().values() if isinstance(value, list)]
    assert not any(value is given for value in lists for given in step.get_params().values())


def test_a_fresh_copy_forgets_what_was_learnt_and_keeps_what_was_asked_for():
    fitted = CatImputer().fit(pd.Series(["a"])).set_output(transform="pandas")
    copy = fresh(fitted)
    assert not hasattr(copy, "fill_")
    assert copy._sklearn_output_config == {"transform": "pandas"}
