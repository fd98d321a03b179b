"""Rows, folds and bins: what holds without the official packages."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from codegen_fi.runtime.automl.preprocessing._dataset_binning import make_dataset_bins
from codegen_fi.runtime.automl.preprocessing.data_cleaning import _remove_nan_rows_in_X_y
from codegen_fi.runtime.automl.score._cv_splits import _CVSplits
from codegen_fi.runtime.errors import DataError


@pytest.fixture
def frame():
    return pd.DataFrame({"a": [1.0, 2, np.nan, 4], "b": list("wxyz")}, index=[10, 11, 12, 13])


@pytest.mark.parametrize(
    ("y", "expected"),
    [
        (pd.Series(["a", None, "b", "c"], dtype="str").array, ["a", "b", "c"]),
        (pd.Series(["a", None, "b", "c"], dtype="category").array, ["a", "b", "c"]),
        (pd.Series(["a", None, "b", "c"], dtype="string").array, ["a", "b", "c"]),
        (pd.Series([1, None, 2, 3], dtype="Int64").array, [1.0, 2.0, 3.0]),
        (pd.Series([True, None, False, True], dtype="boolean").array, [True, False, True]),
        (pd.Series([1.5, None, 2.5, 3.5]), [1.5, 2.5, 3.5]),
    ],
    ids=lambda value: str(getattr(value, "dtype", "")),
)
def test_every_kind_of_target_becomes_a_plain_array_without_gaps(frame, y, expected):
    X, kept, weights = _remove_nan_rows_in_X_y(frame, y, None, is_timeseries=False)
    assert type(kept) is np.ndarray
    assert kept.tolist() == expected
    assert X.index.tolist() == [10, 12, 13]
    assert weights is None


@pytest.mark.parametrize(("dtype", "kind"), [("Int64", "i"), ("boolean", "b"), ("Float64", "f")])
def test_a_full_extension_column_keeps_its_kind(frame, dtype, kind):
    y = pd.Series([1, 0, 1, 0], dtype=dtype).array
    assert _remove_nan_rows_in_X_y(frame, y)[1].dtype.kind == kind


def test_sparse_rows_are_dropped_too():
    X, y, weights = _remove_nan_rows_in_X_y(
        sparse.coo_matrix(np.eye(3)), np.array([1, np.nan, 2.0]), pd.Series([5, 6, 7])
    )
    np.testing.assert_array_equal(X.toarray(), np.eye(3)[[0, 2]])
    assert y.tolist() == [1, 2]
    assert weights.tolist() == [5, 7]


def test_a_target_without_a_value_is_refused_by_name(frame):
    with pytest.raises(DataError, match="target column 'pay day' is empty"):
        _remove_nan_rows_in_X_y(frame, np.full(4, np.nan), target_column="pay day")


def test_folds_keep_frames_and_missing_weights(frame):
    plan = _CVSplits(frame, np.arange(4.0), CV=2, task="regression")
    for X_train, y_train, w_train, X_valid, y_valid, w_valid in plan.apply_CV_splits(
        frame, np.arange(4.0), None
    ):
        assert sorted([*X_train.index, *X_valid.index]) == [10, 11, 12, 13]
        assert sorted([*y_train, *y_valid]) == [0, 1, 2, 3]
        assert (w_train, w_valid) == (None, None)


def test_a_share_of_zero_is_none(frame):
    # Observed with the official packages of 1.44 and 1.56: the folds are the same.
    target = np.arange(4.0)
    folds = [
        [fold[0].index.tolist() for fold in plan.apply_CV_splits(frame, target, None)]
        for plan in (
            _CVSplits(frame, target, CV=2, frac_valid=share, task="regression")
            for share in (None, 0.0)
        )
    ]
    assert folds[0] == folds[1]
    assert len(folds[0][0]) == 2


# numpy's generator of old, whose numbers never change, puts seven rows in the order 1 3 4 0 2 5 6.
@pytest.mark.parametrize(
    ("options", "y", "valid"),
    [
        ({"CV": 3, "task": "regression"}, range(7), [[1, 3, 4], [0, 2], [5, 6]]),
        # Too few rows of every class are cut as numbers are.
        ({"CV": 3}, "abcdefg", [[1, 3, 4], [0, 2], [5, 6]]),
        # Places 0, 1, 2 and 3 of that order hold the first halves of the labels as they stand.
        ({"CV": 2}, [0, 1] * 3 + [0], [[1, 3, 4, 0], [2, 5, 6]]),
        # Shuffled again for each fold, of which the last three rows validate.
        ({"CV": 2, "frac_valid": 0.3}, [0, 1] * 3 + [0], [[4, 5, 6], [2, 1, 0]]),
        ({"CV": 2, "seed": 7, "task": "regression"}, range(7), [[2, 5, 0, 6], [3, 1, 4]]),
    ],
)
def test_rows_of_each_fold(options, y, valid):
    rows, y = np.arange(7).reshape(-1, 1), np.array(list(y))
    folds = list(_CVSplits(rows, y, **options).apply_CV_splits(rows, y, None))
    assert [fold[3].ravel().tolist() for fold in folds] == valid
    for X_train, y_train, _, X_valid, y_valid, _ in folds:
        assert sorted(np.r_[X_train, X_valid].ravel()) == list(range(7))
        assert y[X_train.ravel()].tolist() == y_train.tolist()
        assert y[X_valid.ravel()].tolist() == y_valid.tolist()


def test_folds_of_sparse_rows():
    plan = _CVSplits(sparse.eye(6), np.arange(6.0), CV=3, task="regression")
    widths = [fold[0].shape for fold in plan.apply_CV_splits(sparse.eye(6), np.arange(6.0), None)]
    assert widths == [(4, 6)] * 3


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"CV": 9}, DataError, "4 rows can't be cut into 9 folds"),
        ({}, ValueError, "CV, the number of folds, is missing"),
        ({"CV": 2, "frac_valid": 1.5}, ValueError, "between 0 and 1, got 1.5"),
        ({"CV": 2, "is_time_series": True}, ValueError, "time series"),
    ],
)
def test_folds_that_do_not_exist_are_refused(frame, options, error, words):
    with pytest.raises(error, match=re.escape(words)):
        _CVSplits(frame, np.arange(4), **options)


def test_bins_cover_the_target_without_gaps():
    y = np.random.default_rng(0).normal(size=300)
    bins = make_dataset_bins(50, y)
    assert bins["bin_starts"][0] <= y.min()
    assert bins["bin_ends"][-1] >= y.max()
    np.testing.assert_array_equal(bins["bin_starts"][1:], bins["bin_ends"][:-1])


@pytest.mark.parametrize(("n", "y"), [(0, [1.0]), (5, [])])
def test_bins_of_nothing_are_refused(n, y):
    with pytest.raises(ValueError, match="at least one row"):
        make_dataset_bins(n, y)
