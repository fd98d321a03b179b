"""Names, raw columns and refusals of the transformers that scripts rarely name."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LinearRegression
from sklearn.naive_bayes import GaussianNB

from codegen_fi.runtime.automl.featurization.categorical.onehotencoder_transformer import (
    OneHotEncoderTransformer,
)
from codegen_fi.runtime.automl.featurization.categorical.prefitted_labelencoder_transformer import (
    PrefittedLabelEncoderTransformer,
)
from codegen_fi.runtime.automl.featurization.generic.lambda_transformer import LambdaTransformer
from codegen_fi.runtime.automl.featurization.generic.modelbased_target_encoder import (
    ModelBasedTargetEncoder,
)
from codegen_fi.runtime.automl.featurization.numeric.bin_transformer import BinTransformer
from codegen_fi.runtime.automl.featurization.numeric.prefitted_standard_scaler import (
    PrefittedStandardScaler,
)
from codegen_fi.runtime.automl.featurization.text.bagofwords_transformer import (
    BagOfWordsTransformer,
)
from codegen_fi.runtime.automl.featurization.text.naive_bayes import NaiveBayes
from codegen_fi.runtime.automl.featurization.text.stats_transformer import StatsTransformer
from codegen_fi.runtime.automl.featurization.text.string_concat_transformer import (
    StringConcatTransformer,
)
from codegen_fi.runtime.automl.featurization.text.stringcast_transformer import (
    StringCastTransformer,
)
from codegen_fi.runtime.automl.sklearn_pandas.dataframe_mapper import DataFrameMapper
from codegen_fi.runtime.errors import DataError

LABEL = np.array(["no", "yes", "no", "yes"])
BOTH = ["title", "body"]
JOINED = [StringCastTransformer(), StringConcatTransformer()]
NUMBERS = np.array([[1.0, 5.0], [2.0, 6.0], [4.0, 9.0]])


def frame():
    return pd.DataFrame(
        {
            "title": ["Red wine", "blue sky", "green sea", "red sky"],
            "body": ["good", "no", "why?", "good!"],
            "size": ["S", "M", "S", "L"],
            "n": [1.0, 2.0, 4.0, 9.0],
        }
    )


def fitted(*features):
    mapper = DataFrameMapper(list(features), input_df=True, sparse=True).fit(frame(), LABEL)
    width = mapper.transform(frame()).shape[1]
    assert len(mapper.get_feature_names_out()) == len(mapper.feature_lineage()) == width
    return mapper


def outputs(*features):
    mapper = fitted(*features)
    return dict(zip(mapper.get_feature_names_out(), mapper.feature_lineage(), strict=True))


def test_every_column_of_joined_texts_owns_each_word():
    owned = outputs((BOTH, [*JOINED, TfidfVectorizer()]))
    assert set(owned.values()) == {("title", "body")}
    assert {"title + body: wine", "title + body: why"} < set(owned)
    assert outputs((["title"], [*JOINED, TfidfVectorizer()]))["title: wine"] == ("title",)


def test_class_probabilities_are_named_after_columns_not_after_every_word():
    probabilities = {
        "title, body (probability of no)": ("title", "body"),
        "title, body (probability of yes)": ("title", "body"),
    }
    vectorized = [*JOINED, TfidfVectorizer()]
    assert outputs((BOTH, [*vectorized, NaiveBayes()])) == probabilities
    assert outputs((["n"], [ModelBasedTargetEncoder(GaussianNB)])) == {
        "n (probability of no)": ("n",),
        "n (probability of yes)": ("n",),
    }


def test_each_one_hot_column_has_one_owner():
    assert outputs((["size", "n"], [OneHotEncoderTransformer()])) == {
        "size=L": ("size",),
        "size=M": ("size",),
        "size=S": ("size",),
        "n=1.0": ("n",),
        "n=2.0": ("n",),
        "n=4.0": ("n",),
        "n=9.0": ("n",),
    }
    dropped = outputs((["size", "n"], [OneHotEncoderTransformer(drop="first", min_frequency=2)]))
    assert dropped == {"size=infrequent_sklearn": ("size",)}


def test_bins_functions_and_styles_are_named_after_their_column():
    assert outputs(("n", [BinTransformer()])) == {"n (bin)": ("n",)}
    assert outputs((["n"], [LambdaTransformer(np.log)])) == {"n (function)": ("n",)}
    counts = outputs(("title", [StatsTransformer(), DictVectorizer()]))
    assert list(counts)[:2] == ["title: n_capitals", "title: n_chars"]
    bag = outputs(("title", [BagOfWordsTransformer(include_dense_features=True)]))
    assert list(bag)[:6] == [
        "title (capitals)",
        "title (characters)",
        "title (exclamation marks)",
        "title (full stops)",
        "title (question marks)",
        "title (words)",
    ]
    assert {*counts.values(), *bag.values()} == {("title",)}


def test_a_function_of_several_columns_may_mix_them():
    swap = LambdaTransformer(lambda table: table[["m", "n"]])
    mapper = DataFrameMapper([(["n", "m"], [swap])], input_df=True).fit(frame().assign(m=1.0))
    assert mapper.feature_lineage() == [("n", "m")] * 2
    assert list(mapper.get_feature_names_out()) == ["n, m (function 0)", "n, m (function 1)"]


@pytest.mark.parametrize(
    "transformer",
    [
        BinTransformer(),
        OneHotEncoderTransformer(),
        NaiveBayes(),
        ModelBasedTargetEncoder(GaussianNB),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_learns_refuses_to_transform_before(transformer):
    with pytest.raises(NotFittedError):
        transformer.transform(NUMBERS[:, 0])
    with pytest.raises(NotFittedError):
        BagOfWordsTransformer(include_dense_features=True).get_feature_names_out()


def test_an_encoder_of_an_older_sdk_names_its_sparseness_otherwise():
    column = frame()["size"]
    old = OneHotEncoderTransformer(sparse=False, handle_unknown="ignore", dtype=np.float64)
    dense = old.fit_transform(column)
    assert isinstance(dense, np.ndarray)
    assert dense.dtype == np.float64
    assert clone(old).get_params() == old.get_params()
    new = OneHotEncoderTransformer().fit_transform(column)
    assert sparse.issparse(new)
    assert new.dtype == np.uint8
    np.testing.assert_array_equal(new.toarray(), dense)


def test_sparse_and_dense_weights_give_the_same_probabilities():
    counts = np.array([[2, 0], [0, 1], [1, 1], [0, 3]])
    dense = NaiveBayes().fit_transform(counts, LABEL)
    again = NaiveBayes().fit_transform(sparse.csr_matrix(counts), LABEL)
    np.testing.assert_allclose(again, dense, rtol=1e-12)
    np.testing.assert_allclose(dense.sum(axis=1), 1, rtol=1e-12)


def test_a_model_without_probabilities_is_refused_by_name():
    with pytest.raises(TypeError, match="LinearRegression gives no probabilities"):
        ModelBasedTargetEncoder(LinearRegression).fit(NUMBERS, [1, 2, 3])


@pytest.mark.parametrize("pattern", ["[", "(a)(b)"])
def test_a_pattern_that_cannot_match_words_is_refused(pattern):
    with pytest.raises(ValueError, match="token_pattern"):
        StatsTransformer(pattern).transform(["ab"])


def test_a_pickled_function_is_refused_with_what_to_do():
    pickled = pickle.dumps(np.log)
    with pytest.raises(TypeError, match="write the function into the script"):
        LambdaTransformer(pickled).fit(NUMBERS)


def test_a_missing_text_is_refused_with_the_column():
    data = frame().assign(title=["a", None, "b", "c"])
    for columns, steps in (
        (["title"], JOINED[1:]),
        ("title", [StatsTransformer(), DictVectorizer()]),
        (["title"], [StringCastTransformer(), StatsTransformer()]),
    ):
        with pytest.raises(DataError, match="'title'"):
            DataFrameMapper([(columns, steps)], input_df=True).fit(data)


def test_known_classes_are_numbered_and_strangers_by_their_neighbour():
    encoder = PrefittedLabelEncoderTransformer(np.array(["a", "c", "e"]))
    assert encoder.transform(pd.Series(["e", "a", "b", "z"])).tolist() == [2, 0, 1, 3]
    assert encoder.transform(pd.DataFrame({"x": ["c"]})).tolist() == [[1]]
    assert encoder.get_feature_names_out(["x"]).tolist() == ["x"]
    with pytest.raises(TypeError):
        encoder.transform(pd.Series(["a", None], dtype=object))


@pytest.mark.parametrize("kind", [np.asarray, pd.DataFrame, sparse.csr_matrix])
def test_standard_scores_follow_the_given_moments(kind):
    scaler = PrefittedStandardScaler(np.array([1.0, 2.0]), np.array([2.0, 4.0]))
    block = kind(NUMBERS)
    scores = scaler.fit_transform(block)
    np.testing.assert_array_equal(scores, [[0, 0.75], [0.5, 1.0], [1.5, 1.75]])
    np.testing.assert_array_equal(scaler.fit_transform(block), scores)
    with np.errstate(all="raise"):
        infinite = PrefittedStandardScaler(2.0, 0.0).transform(np.array([1.0, 3.0]))
    assert infinite.tolist() == [-np.inf, np.inf]
