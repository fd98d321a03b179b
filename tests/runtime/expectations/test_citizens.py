"""What every featurizer has to be to live in scikit-learn's pipelines, whatever it does."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from featurizers import ARGUMENTS, LABELS, ROWS, build, column_of, dense, found
from scipy import sparse
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

EVERY = sorted(found())
# Encodes training rows without their own label, which is the point of it.
OTHER_IN_TRAINING = {"CrossValidationTargetEncoder"}
SPARSE = {"HashOneHotVectorizerTransformer", "BagOfWordsTransformer", "OneHotEncoderTransformer"}
# Learns only how many columns it puts out, for their names.
NEEDS_NO_FIT = {"LambdaTransformer"}
ALONE = "hears of the names of its columns from the mapper only"
NO_FRAME = {
    "LambdaTransformer": ALONE,
    "PrefittedStandardScaler": ALONE,
    "StatsTransformer": "puts out dictionaries, as officially: a DictVectorizer follows",
}

every = pytest.mark.parametrize("name", EVERY)


def fitted(name):
    return build(name).fit(column_of(name), LABELS)


def test_the_walk_finds_the_classes():
    assert len(EVERY) >= 10
    assert {"CatImputer", "CountBasedTargetEncoder", "BagOfWordsTransformer"} <= set(EVERY)


@every
def test_parameters_go_in_and_come_out(name):
    transformer = build(name)
    params = transformer.get_params(deep=False)
    assert set(ARGUMENTS.get(name, {})) <= set(params)
    copied = clone(transformer)
    assert copied is not transformer
    for key, value in copied.get_params(deep=False).items():
        np.testing.assert_equal(value, params[key])
    assert copied.set_params(**params) is copied
    for key, value in copied.get_params(deep=False).items():
        assert value is params[key]


@every
def test_the_constructor_and_fit_leave_the_arguments_alone(name):
    before = pickle.dumps(ARGUMENTS.get(name, {}))
    transformer = build(name)
    for key, value in ARGUMENTS.get(name, {}).items():
        assert getattr(transformer, key) is value
    transformer.fit(column_of(name), LABELS).transform(column_of(name))
    assert pickle.dumps(ARGUMENTS.get(name, {})) == before


@every
def test_it_pickles_before_and_after_fitting(name):
    column = column_of(name)
    expected = dense(fitted(name).transform(column))
    unfitted = pickle.loads(pickle.dumps(build(name)))
    again = pickle.loads(pickle.dumps(fitted(name)))
    np.testing.assert_array_equal(dense(again.transform(column)), expected)
    np.testing.assert_array_equal(dense(unfitted.fit(column, LABELS).transform(column)), expected)


@every
def test_what_learns_says_when_it_has_not(name):
    transformer = build(name)
    if transformer.__sklearn_is_fitted__() or name in NEEDS_NO_FIT:
        # It learns nothing: the answer is the same before as after.
        np.testing.assert_array_equal(
            dense(transformer.transform(column_of(name))),
            dense(fitted(name).transform(column_of(name))),
        )
        return
    with pytest.raises(NotFittedError):
        transformer.transform(column_of(name))
    check_is_fitted(transformer.fit(column_of(name), LABELS))


@every
def test_fit_gives_itself(name):
    transformer = build(name)
    assert transformer.fit(column_of(name), LABELS) is transformer


@every
def test_its_input_stays_as_it_is(name):
    column = column_of(name)
    build(name).fit_transform(column, LABELS)
    fitted(name).transform(column)
    compare = pd.testing.assert_series_equal if column.ndim == 1 else pd.testing.assert_frame_equal
    compare(column, column_of(name))


@every
def test_fit_then_transform_is_fit_transform(name):
    column = column_of(name)
    at_once = dense(build(name).fit_transform(column, LABELS))
    in_two = dense(fitted(name).transform(column))
    assert at_once.shape == in_two.shape
    assert np.array_equal(at_once, in_two) != (name in OTHER_IN_TRAINING)


@every
def test_a_second_fit_forgets_the_first(name):
    column = column_of(name)
    first, other = column.iloc[: ROWS // 2], column.iloc[ROWS // 2 :].iloc[::-1]
    twice = build(name).fit(first, LABELS.iloc[: ROWS // 2])
    once = build(name).fit(other, LABELS.iloc[ROWS // 2 :].iloc[::-1])
    twice.fit(other, LABELS.iloc[ROWS // 2 :].iloc[::-1])
    assert set(vars(twice)) == set(vars(once))
    np.testing.assert_array_equal(dense(twice.transform(column)), dense(once.transform(column)))


@every
def test_rows_in_another_order_come_out_in_that_order(name):
    column, transformer = column_of(name), fitted(name)
    order = np.random.default_rng(0).permutation(ROWS)
    np.testing.assert_array_equal(
        dense(transformer.transform(column.iloc[order])),
        dense(transformer.transform(column))[order],
    )


@every
@pytest.mark.parametrize("rows", [1, 5])
def test_a_row_does_not_depend_on_its_neighbours(name, rows):
    column, transformer = column_of(name), fitted(name)
    np.testing.assert_array_equal(
        dense(transformer.transform(column.iloc[:rows])),
        dense(transformer.transform(column))[:rows],
    )


@every
def test_the_index_is_of_no_account(name):
    column, transformer = column_of(name), fitted(name)
    expected = dense(transformer.transform(column))
    column.index = [7] * ROWS
    np.testing.assert_array_equal(dense(transformer.transform(column)), expected)
    label = LABELS.set_axis(range(100, 100 + ROWS))
    again = build(name).fit(column, label)
    np.testing.assert_array_equal(dense(again.transform(column)), expected)


@every
def test_sparse_stays_sparse(name):
    block = fitted(name).transform(column_of(name))
    assert sparse.issparse(block) == (name in SPARSE)


@every
def test_names_are_as_many_as_columns_and_each_its_own(name):
    transformer, column = fitted(name), column_of(name)
    inputs = ["wörd s"] if column.ndim == 1 else [f"wörd {one}" for one in column.columns]
    if name == "StatsTransformer":
        pytest.skip(NO_FRAME[name])
    block = dense(transformer.transform(column))
    width = 1 if block.ndim == 1 else block.shape[1]
    names = transformer.get_feature_names_out(inputs)
    assert len(set(names)) == len(names) == width
    assert all(isinstance(one, str) and "wörd" in one for one in names)


@every
def test_its_output_can_be_a_frame(name):
    if name in NO_FRAME:
        pytest.skip(NO_FRAME[name])
    transformer, column = build(name), column_of(name)
    transformer.set_output(transform="pandas")
    if name in SPARSE:
        with pytest.raises(ValueError, match="sparse"):
            transformer.fit(column, LABELS).transform(column)
        return
    framed = transformer.fit(column, LABELS).transform(column)
    plain = dense(fitted(name).transform(column))
    assert isinstance(framed, pd.DataFrame)
    assert list(framed.index) == list(column.index)
    np.testing.assert_array_equal(framed.to_numpy(), plain.reshape(ROWS, -1))
