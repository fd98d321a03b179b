"""Each transformer against its formula, on data as long as a formula needs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.utils import murmurhash3_32

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
from codegen_fi.runtime.automl.featurization.generic.woe_target_encoder import (
    WoEBasedTargetEncoder,
)
from codegen_fi.runtime.automl.featurization.text.stringcast_transformer import (
    StringCastTransformer,
)

PANDAS = int(pd.__version__.partition(".")[0])
WORDS = pd.Series(["red wine", "blue sky", "red wine", "green sea", "red sky", "blue sea"] * 4)
LABELS = np.array([1, 0, 1, 0, 0, 1] * 4)


def test_a_hash_column_is_murmur_modulo_the_width():
    values = pd.Series([f"v{place}" for place in range(2000)] + ["ünï", "", "日本"])
    matrix = HashOneHotVectorizerTransformer(hashing_seed_val=11, num_cols=97).transform(values)
    places = [murmurhash3_32(value, seed=11) % 97 for value in values]
    assert matrix.dtype == bool
    assert (matrix.sum(axis=1) == 1).all()
    np.testing.assert_array_equal(matrix.indices, places)


def test_labels_are_sorted_and_strangers_hashed():
    encoder = LabelEncoderTransformer(hashing_seed_val=5).fit(np.array(["c", "a", "b", "a"]))
    numbers = encoder.transform(np.array(["b", "c", "new", "a"], dtype=object))
    assert numbers.tolist() == [1, 2, murmurhash3_32("new", seed=5) % 3, 0]


def test_the_blend_of_a_target_mean_follows_the_number_of_rows():
    values, y = pd.Series(["a"] * 30 + ["b"] * 10 + ["c"]), np.r_[np.ones(20), np.zeros(21)]
    encoder = CountBasedTargetEncoder(20, 10, "regression").fit(values, y)
    prior, weight = y.mean(), 1 / (1 + np.exp(-(30 - 20) / 10))
    expected = [weight * 20 / 30 + (1 - weight) * prior, prior, prior]
    np.testing.assert_allclose(encoder.transform(["a", "c", "new"]).ravel(), expected, rtol=1e-12)


def test_the_weight_of_evidence_is_a_log_of_shares():
    values, y = pd.Series(["a"] * 30 + ["b"] * 10), np.r_[np.zeros(12), np.ones(28)]
    encoder = WoEBasedTargetEncoder(10, classes=np.array([1])).fit(values, y)
    expected = np.log(((18 + 10) / (28 + 20)) / ((12 + 10) / (12 + 20)))
    np.testing.assert_allclose(encoder.transform(["a"]), [[expected]], rtol=1e-12)


def test_a_training_row_is_encoded_without_its_own_label():
    rng = np.random.default_rng(0)
    values, y = pd.Series(rng.choice(list("abc"), 60)), rng.normal(size=60)
    encoder = CrossValidationTargetEncoder(CountBasedTargetEncoder, "regression", 5)
    before = encoder.fit_transform(values, y)
    for row in (0, 17, 59):
        changed = y.copy()
        changed[row] += 1000
        after = clone(encoder).fit_transform(values, changed)
        assert after[row] == pytest.approx(before[row], rel=1e-12)
        assert (after != before).any()


@pytest.mark.parametrize("folds", [0, 5])
def test_target_encoding_without_a_label_says_so(folds):
    encoder = CrossValidationTargetEncoder(CountBasedTargetEncoder, num_folds=folds)
    with pytest.raises(ValueError, match="needs the label"):
        encoder.fit(WORDS)


def test_an_unknown_task_is_refused_by_name():
    with pytest.raises(ValueError, match="'ranking'"):
        CountBasedTargetEncoder(task="ranking").fit(WORDS, LABELS)


@pytest.mark.parametrize("dtype", ["object", "str", "string", "category"])
def test_text_means_the_same_in_every_string_type(dtype):
    column = pd.Series(["b", "a", np.nan, "b"], dtype=object)
    # Before pandas 3 a cast to str makes a word of the gap; it was no type of its own.
    column = column.convert_dtypes() if dtype == "str" and PANDAS < 3 else column.astype(dtype)
    filled = StringCastTransformer().transform(CatImputer().fit(column).transform(column))
    assert filled.tolist() == ["b", "a", "b", "b"]
    assert ImputationMarker().transform(column).tolist() == [False, False, True, False]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_date_column_of_any_unit_gives_the_same_parts(unit):
    column = pd.Series(pd.to_datetime(["2024-02-29 23:59:58", None])).dt.as_unit(unit)
    parts = DateTimeFeaturesTransformer().transform(column).tolist()
    assert parts[0] == [2024, 2, 29, 3, 60, 1, 5, 23, 59, 58]
    assert parts[1][0] == 1677


def test_a_date_as_text_gives_the_parts_of_the_date():
    moments = pd.Series(pd.date_range("1999-12-25 01:02:03", periods=800, freq="36h7min5s"))
    chains = [CatImputer(), StringCastTransformer(), DateTimeFeaturesTransformer()]
    parsed, text = moments, moments.astype(str)
    for step in chains:
        parsed, text = clone(step).fit_transform(parsed), clone(step).fit_transform(text)
    np.testing.assert_array_equal(parsed, text)
    np.testing.assert_array_equal(parsed[:, 0], moments.dt.year)
    np.testing.assert_array_equal(parsed[:, 9], moments.dt.second)


def test_a_matrix_of_objects_is_cast_cell_by_cell():
    cells = np.array([["a", None], [np.nan, 1.5]], dtype=object)
    assert StringCastTransformer().transform(cells).tolist() == [["a", "None"], ["nan", "1.5"]]
