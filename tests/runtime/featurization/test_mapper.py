"""The mapper: what it says of its columns, and what it says when one doesn't fit."""

from __future__ import annotations

import logging
import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.base import clone
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import PCA
from sklearn.exceptions import NotFittedError
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MaxAbsScaler, StandardScaler

from codegen_fi.runtime.automl.featurization.categorical.cat_imputer import CatImputer
from codegen_fi.runtime.automl.featurization.categorical.hashonehotvectorizer_transformer import (
    HashOneHotVectorizerTransformer,
)
from codegen_fi.runtime.automl.featurization.categorical.labelencoder_transformer import (
    LabelEncoderTransformer,
)
from codegen_fi.runtime.automl.featurization.datetime.datetime_transformer import (
    DateTimeFeaturesTransformer,
)
from codegen_fi.runtime.automl.featurization.generic.countbased_target_encoder import (
    CountBasedTargetEncoder,
)
from codegen_fi.runtime.automl.featurization.generic.crossvalidation_target_encoder import (
    CrossValidationTargetEncoder,
)
from codegen_fi.runtime.automl.featurization.generic.imputation_marker import ImputationMarker
from codegen_fi.runtime.automl.featurization.text.stringcast_transformer import (
    StringCastTransformer,
)
from codegen_fi.runtime.automl.featurization.utilities import wrap_in_list
from codegen_fi.runtime.automl.sklearn_pandas.dataframe_mapper import DataFrameMapper
from codegen_fi.runtime.automl.sklearn_pandas.features_generator import gen_features
from codegen_fi.runtime.errors import DataError

AS_SCRIPTS = {"input_df": True, "sparse": True}


def one_hot():
    # Both arguments set, as generated scripts do; scikit-learn warns about that.
    return CountVectorizer(
        tokenizer=wrap_in_list, token_pattern=r"(?u)\b\w\w+\b", binary=True, dtype=np.uint8
    )


def features():
    return [
        (["hours per week"], [SimpleImputer()]),
        (["hours per week"], [ImputationMarker()]),
        ("größe's", [StringCastTransformer(), one_hot()]),
        ("sex", [CatImputer(), StringCastTransformer(), LabelEncoderTransformer()]),
        ("sex", [CrossValidationTargetEncoder(CountBasedTargetEncoder, num_folds=0)]),
        ("zip", [StringCastTransformer(), HashOneHotVectorizerTransformer(num_cols=8)]),
        ("day", [CatImputer(), StringCastTransformer(), DateTimeFeaturesTransformer()]),
        ("note", [StringCastTransformer(), TfidfVectorizer(analyzer="char", ngram_range=(3, 3))]),
        ("note", [StringCastTransformer(), TfidfVectorizer(ngram_range=(1, 2))]),
        (
            ["age"],
            [SimpleImputer(), MaxAbsScaler(), MiniBatchKMeans(3, random_state=0, n_init=1)],
        ),
        (["age", "hours per week"], [SimpleImputer(), StandardScaler()]),
        (["age", "hours per week"], [SimpleImputer(), PCA(2)]),
    ]


def frame(rows=40, seed=0):
    rng = np.random.default_rng(seed)
    hours = rng.normal(40, 8, rows).round(1)
    hours[rng.random(rows) < 0.2] = np.nan
    return pd.DataFrame(
        {
            "age": rng.integers(18, 90, rows),
            "hours per week": hours,
            "größe's": rng.choice(np.array(["S", "M", "L", np.nan], dtype=object), rows),
            "sex": rng.choice(["F", "M"], rows),
            "zip": rng.choice([f"Z{place}" for place in range(30)], rows),
            "day": pd.Timestamp("2020-01-01") + pd.to_timedelta(rng.integers(0, 900, rows), "D"),
            "note": rng.choice(["very good service", "slow and rude", "the box was late"], rows),
        }
    )


@pytest.fixture(scope="module")
def label():
    return np.random.default_rng(1).integers(0, 2, 40)


@pytest.fixture(scope="module")
def mapper(label):
    return DataFrameMapper(features(), **AS_SCRIPTS).fit(frame(), label)


def test_a_name_says_the_column_and_what_became_of_it(mapper, label):
    wanted = {
        "hours per week",
        "hours per week (missing)",
        "größe's=nan",
        "größe's=l",
        "sex",
        f"sex (target mean of {label[0]})",
        "zip[hash 7]",
        "day (week of month)",
        "note: *erv*",
        "note: very good",
        "age (distance to cluster 2)",
        "age",
        "hours per week (2)",
        "age, hours per week: pca1",
    }
    assert wanted - set(mapper.get_feature_names_out()) == set()


def test_names_lineage_blocks_and_matrix_have_one_width(mapper):
    width = mapper.transform(frame()).shape[1]
    names, lineage = mapper.get_feature_names_out(), mapper.feature_lineage()
    assert len(names) == len(set(names)) == len(lineage) == width
    assert sum(size for _, size in mapper.feature_blocks()) == width
    assert len(mapper.transformed_names_) == width


def test_lineage_follows_one_to_one_steps_and_widens_at_mixing_ones(mapper):
    assert mapper.feature_lineage()[0] == ("hours per week",)
    assert mapper.feature_lineage()[-4:] == [
        ("age",),
        ("hours per week",),
        ("age", "hours per week"),
        ("age", "hours per week"),
    ]
    assert mapper.feature_blocks()[-1] == (("age", "hours per week"), 2)


def test_colliding_names_lose_no_column():
    data = pd.DataFrame({"a": [1.0, 2, 4], "a (2)": [3.0, 4, 5]})
    entries = [(["a"], None), (["a"], None), (["a (2)"], None), (["a"], None)]
    names = DataFrameMapper(entries, **AS_SCRIPTS).fit(data).get_feature_names_out()
    assert len(set(names)) == 4
    assert {"a", "a (2)"} < set(names)


def test_a_column_that_only_its_own_block_reads_changes_only_that_block(mapper):
    data = frame()
    before = mapper.transform(data).toarray()
    shuffled = data.assign(zip=data["zip"].to_numpy()[::-1])
    changed = (mapper.transform(shuffled).toarray() != before).any(axis=0)
    owners = {raw for raw, moved in zip(mapper.feature_lineage(), changed, strict=True) if moved}
    assert owners == {("zip",)}


def test_fitting_leaves_the_given_transformers_alone():
    given = SimpleImputer()
    DataFrameMapper([(["age"], given)], **AS_SCRIPTS).fit(frame())
    assert not hasattr(given, "statistics_")


def test_it_clones_pickles_and_says_when_it_is_not_fitted(mapper, label):
    data = frame()
    expected = mapper.transform(data).toarray()
    again = pickle.loads(pickle.dumps(mapper))
    np.testing.assert_array_equal(again.transform(data).toarray(), expected)
    refitted = clone(mapper)
    with pytest.raises(NotFittedError):
        refitted.transform(data)
    with pytest.raises(NotFittedError):
        refitted.get_feature_names_out()
    np.testing.assert_allclose(refitted.fit_transform(data, label).toarray(), expected)


def test_every_missing_column_is_named_with_those_there_and_a_hint(mapper):
    data = frame().rename(columns={"zip": "Zip ", "age": "years"})
    data = data.assign(**{f"extra {place}": 0 for place in range(60)})
    with pytest.raises(DataError) as caught:
        mapper.transform(data)
    said = str(caught.value)
    assert "columns 'zip', 'age'" in said
    assert "and 47 more" in said
    assert "Did you mean 'Zip ' for 'zip'?" in said
    assert "for 'age'" not in said


def test_a_column_met_twice_is_refused(mapper):
    data = pd.concat([frame(), frame()[["zip"]]], axis=1)
    with pytest.raises(DataError, match="more than one column called 'zip'"):
        mapper.transform(data)


def test_an_array_in_place_of_a_frame_is_refused(mapper):
    with pytest.raises(DataError, match="DataFrame with named columns, not ndarray"):
        mapper.transform(np.zeros((3, 3)))


@pytest.mark.parametrize("action", ["fit_transform", "transform"])
def test_a_failing_transformer_names_itself_the_column_and_the_cause(action):
    mapper = DataFrameMapper([(["age"], [SimpleImputer()])], **AS_SCRIPTS).fit(frame())
    with pytest.raises(
        DataError, match="SimpleImputer cannot featurize the column 'age'"
    ) as caught:
        getattr(mapper, action)(frame().assign(age="old"))
    assert isinstance(caught.value.__cause__, ValueError)
    assert str(caught.value.__cause__) in str(caught.value)


def test_a_column_without_values_is_left_out_and_said(caplog):
    data = frame().assign(age=np.nan)
    entries = [(["age"], [SimpleImputer()]), (["hours per week"], [SimpleImputer()])]
    with caplog.at_level(logging.WARNING):
        mapper = DataFrameMapper(entries, **AS_SCRIPTS).fit(data)
    assert mapper.feature_blocks() == [(("age",), 0), (("hours per week",), 1)]
    assert list(mapper.get_feature_names_out()) == ["hours per week"]
    assert "no values to learn from, left out: 'age'" in caplog.text


def test_an_empty_featurizer_is_refused():
    with pytest.raises(DataError, match="no entries"):
        DataFrameMapper([], **AS_SCRIPTS).fit(frame())


def test_repeated_texts_vectorize_to_what_each_row_would():
    texts = frame(400)["note"]
    for vectorizer in (
        one_hot().set_params(token_pattern=None),
        TfidfVectorizer(use_idf=False, dtype=np.float32),
        TfidfVectorizer(analyzer="char", ngram_range=(3, 3), max_df=0.5),
        CountVectorizer(min_df=0.4, max_features=4),
    ):
        mapper = DataFrameMapper([("note", [StringCastTransformer(), vectorizer])], **AS_SCRIPTS)
        trained = mapper.fit_transform(texts.to_frame())
        alone = clone(vectorizer)
        assert sparse.issparse(trained)
        np.testing.assert_allclose(
            trained.toarray(), alone.fit_transform(texts).toarray(), rtol=1e-6
        )
        np.testing.assert_array_equal(
            mapper.transform(texts.to_frame()[::-1]).toarray(), trained.toarray()[::-1]
        )


def test_entries_generated_for_columns_share_no_transformer():
    definition = gen_features(["a", ["b"]], [{"class": SimpleImputer, "strategy": "median"}])
    (first, one), (second, other) = definition
    assert (first, second) == ("a", ["b"])
    assert one[0] is not other[0]
    assert one[0].strategy == "median"


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), rows=st.integers(1, 30))
def test_rows_keep_their_number_and_their_order(mapper, seed, rows):
    data = frame(rows, seed)
    order = np.random.default_rng(seed).permutation(rows)
    matrix = mapper.transform(data).toarray()
    assert len(matrix) == rows
    np.testing.assert_allclose(mapper.transform(data.iloc[order]).toarray(), matrix[order])


CELLS = st.one_of(
    st.none(), st.text(max_size=6), st.integers(-9, 9), st.floats(), st.booleans(), st.dates()
)


@settings(max_examples=60, deadline=None)
@given(cells=st.lists(CELLS, min_size=1, max_size=12), new=st.lists(CELLS, max_size=8))
def test_any_cell_is_a_category_and_none_is_lost(cells, new):
    column = ["a", "a", *cells]
    data = pd.DataFrame({"c": pd.Series(column, dtype=object)})
    entries = [
        ("c", [StringCastTransformer(), one_hot()]),
        ("c", [StringCastTransformer(), HashOneHotVectorizerTransformer(num_cols=16)]),
        ("c", [CatImputer(), StringCastTransformer(), LabelEncoderTransformer()]),
    ]
    mapper = DataFrameMapper(entries, **AS_SCRIPTS)
    trained = mapper.fit_transform(data).toarray()
    categories = trained[:, :-17]
    assert (categories.sum(axis=1) == 1).all()
    assert (trained[:, -17:-1].sum(axis=1) == 1).all()
    assert len(mapper.get_feature_names_out()) == trained.shape[1]
    assert len(
        mapper.transform(pd.DataFrame({"c": pd.Series(new, dtype=object)})).toarray()
    ) == len(new)
