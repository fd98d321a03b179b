"""What holds for any table in the featurizer of a script: rows, names, lineage, no surprise."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from expecting import PORTABLE, Runtime
from generated import tables, union
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.base import clone

from codegen_fi.runtime.errors import DataError

quick = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def dense(block):
    return block.toarray() if sparse.issparse(block) else np.asarray(block)


@quick
@given(table=tables())
def test_every_row_comes_out_and_the_input_stays(table):
    frame, kinds, new = table
    before = frame.copy(), new.copy()
    featurizer = union(kinds)
    trained, later = featurizer.fit_transform(frame), featurizer.transform(new)
    assert len(dense(trained)) == len(frame)
    assert len(dense(later)) == len(new)
    assert trained.shape[1] == later.shape[1]
    pd.testing.assert_frame_equal(frame, before[0])
    pd.testing.assert_frame_equal(new, before[1])


@quick
@given(table=tables())
def test_fit_then_transform_is_fit_transform(table):
    frame, kinds, _ = table
    at_once = dense(union(kinds).fit_transform(frame))
    in_two = dense(union(kinds).fit(frame).transform(frame))
    np.testing.assert_array_equal(at_once, in_two)


@quick
@given(table=tables(), seed=st.integers(0, 99))
def test_rows_in_another_order_come_out_in_that_order(table, seed):
    frame, kinds, new = table
    featurizer = union(kinds).fit(frame)
    order = np.random.default_rng(seed).permutation(len(new))
    new.index = [5] * len(new)
    expected = dense(featurizer.transform(new))[order]
    np.testing.assert_array_equal(dense(featurizer.transform(new.iloc[order])), expected)


@quick
@given(table=tables())
def test_every_engineered_column_has_a_name_and_its_raw_column(table):
    frame, kinds, _ = table
    featurizer = union(kinds)
    width = featurizer.fit_transform(frame).shape[1]
    names = featurizer.get_feature_names_out()
    assert len(names) == len(set(names)) == width
    for _, mapper in featurizer.transformer_list:
        lineage = mapper.feature_lineage()
        assert len(lineage) == len(set(mapper.get_feature_names_out()))
        assert {raw for raws in lineage for raw in raws} <= set(kinds)
        assert all(len(raws) == 1 for raws in lineage)


@quick
@given(table=tables())
def test_only_its_own_columns_move_with_a_raw_column(table):
    frame, kinds, new = table
    featurizer = union(kinds).fit(frame)
    lineage = [
        raws for _, mapper in featurizer.transformer_list for raws in mapper.feature_lineage()
    ]
    before = dense(featurizer.transform(frame))
    for name in kinds:
        moved = dense(featurizer.transform(frame.assign(**{name: new[name]}))) != before
        others = [place for place, raws in enumerate(lineage) if name not in raws]
        assert not moved[:, others].any()


@quick
@given(table=tables())
def test_it_clones_pickles_and_forgets(table):
    frame, kinds, new = table
    featurizer = union(kinds).fit(frame)
    expected = dense(featurizer.transform(new))
    again = pickle.loads(pickle.dumps(featurizer))
    np.testing.assert_array_equal(dense(again.transform(new)), expected)
    refitted = clone(featurizer).fit(new.assign(**_words(new, kinds))).fit(frame)
    np.testing.assert_array_equal(dense(refitted.transform(new)), expected)


def _words(frame, kinds):
    return {name: "great" for name, kind in kinds.items() if kind == "text"} if len(frame) else {}


@quick
@given(table=tables())
def test_dense_and_sparse_mappers_say_the_same(table):
    frame, kinds, new = table
    one, other = union(kinds).fit(frame), union(kinds, sparse=False).fit(frame)
    np.testing.assert_array_equal(dense(one.transform(new)), dense(other.transform(new)))


@quick
@given(table=tables(), rows=st.integers(1, 2))
def test_few_rows_later(table, rows):
    frame, kinds, new = table
    featurizer = union(kinds).fit(frame)
    few = dense(featurizer.transform(new.iloc[:rows]))
    np.testing.assert_array_equal(few, dense(featurizer.transform(new))[:rows])


@quick
@given(table=tables())
def test_no_rows_later_give_none_or_are_refused_by_column(table):
    frame, kinds, new = table
    featurizer = union(kinds)
    width = featurizer.fit_transform(frame).shape[1]
    if {"number", "text"} & set(kinds.values()):
        # scikit-learn's imputer and term frequencies want a row.
        with pytest.raises(DataError, match=r"cannot featurize the column .*: Found array with 0 "):
            featurizer.transform(new.iloc[:0])
    else:
        assert featurizer.transform(new.iloc[:0]).shape == (0, width)


@quick
@given(table=tables())
def test_a_column_missing_from_all_new_rows_is_no_reason_to_stop(table):
    frame, kinds, new = table
    featurizer = union(kinds)
    width = featurizer.fit_transform(frame).shape[1]
    for name in kinds:
        for nothing in (np.nan, None):
            empty = new.assign(**{name: pd.Series([nothing] * len(new), index=new.index)})
            assert featurizer.transform(empty).shape == (len(new), width)


@pytest.mark.parametrize("names", [(0, 1), (2.5, "a"), (pd.Timestamp("2020-01-01"), None)])
def test_names_of_columns_need_not_be_text(names):
    kinds = dict(zip(names, ("number", "category"), strict=True))
    frame = pd.DataFrame({0: [1.0, np.nan, 3], 1: ["x", None, "y"]})
    frame.columns = pd.Index(names, dtype=object)
    featurizer = union(kinds)
    assert featurizer.fit_transform(frame).shape == (3, 6)
    assert all(isinstance(name, str) for name in featurizer.get_feature_names_out())


def test_a_dense_mapper_puts_out_frames():
    mapper = Runtime(PORTABLE)("sklearn_pandas.dataframe_mapper", "DataFrameMapper")
    frame = pd.DataFrame({"a": [1.0, 2], "b": [3.0, 4]}, index=["x", "x"])
    made = mapper([(["a"], None), (["a"], None), ("b", None)], input_df=True)
    framed = made.set_output(transform="pandas").fit_transform(frame)
    assert list(framed.columns) == list(made.get_feature_names_out())
    assert len(set(framed.columns)) == 3
    assert list(framed.index) == ["x", "x"]
    assert framed.to_numpy().tolist() == [[1, 1, 3], [2, 2, 4]]
