"""Numbers written into one matrix are, to the bit, what a chain for each gives."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.impute import SimpleImputer

from codegen_fi.runtime.automl.featurization.generic.imputation_marker import ImputationMarker
from codegen_fi.runtime.automl.sklearn_pandas import _numbers, dataframe_mapper
from codegen_fi.runtime.automl.sklearn_pandas.dataframe_mapper import DataFrameMapper
from codegen_fi.runtime.automl.sklearn_pandas.features_generator import gen_features
from codegen_fi.runtime.errors import DataError

WIDE = st.floats(allow_infinity=False)
COLUMNS = st.one_of(
    st.lists(WIDE, min_size=7, max_size=7),
    st.lists(st.one_of(st.just(np.nan), st.floats(-9, 9)), min_size=7, max_size=7),
    st.lists(st.integers(-(2**62), 2**62), min_size=7, max_size=7),
)


def mapper(names, step):
    return DataFrameMapper(gen_features([[name] for name in names], [step]), input_df=True)


def plain_mapper(monkeypatch, names, step, data, new):
    """Fit with a chain for each column."""
    with monkeypatch.context() as patched:
        patched.setattr(dataframe_mapper, "fit_numbers", lambda *_, **__: None)
        patched.setattr(dataframe_mapper, "transform_numbers", lambda *_, **__: None)
        made = mapper(names, step)
        return made, made.fit_transform(data), made.transform(new)


def assert_same(ours, reference):
    assert type(ours) is type(reference)
    assert ours.dtype == reference.dtype
    assert ours.flags.c_contiguous == reference.flags.c_contiguous
    assert ours.shape == reference.shape
    assert ours.tobytes() == np.ascontiguousarray(reference).tobytes()


def assert_same_steps(ours, reference):
    for (_, mine, _), (_, theirs, _) in zip(
        ours.built_features, reference.built_features, strict=True
    ):
        (step,), (other,) = mine.steps_, theirs.steps_
        assert set(vars(step)) == set(vars(other))
        for name, value in vars(other).items():
            got = vars(step)[name]
            assert type(got) is type(value)
            np.testing.assert_array_equal(np.asarray(got), np.asarray(value), strict=True)
            if name == "statistics_":
                assert got.tobytes() == value.tobytes()
        assert step.get_feature_names_out().tolist() == other.get_feature_names_out().tolist()


@pytest.mark.parametrize("step", [SimpleImputer, ImputationMarker])
def test_many_rows_are_filled_and_marked_as_by_the_chains(monkeypatch, step):
    random = np.random.RandomState(0)
    data = pd.DataFrame(random.normal(1e3, 1e6, (5001, 9)), columns=list("abcdefghi"))
    data = data.mask(random.random_sample(data.shape) < 0.2).assign(
        b=random.normal(size=5001), c=random.randint(-5, 5, 5001), d=np.arange(5001, dtype="u1")
    )
    data["e"] = np.where(np.isnan(data["e"]), -0.0, data["e"])
    new = data[::-1].reset_index(drop=True)
    names = list(data)
    reference, trained, transformed = plain_mapper(monkeypatch, names, step, data, new)
    ours = mapper(names, step)
    entries = ours._build(data)
    assert _numbers.fit_numbers(data, entries, input_df=True) is not None
    assert_same(ours.fit_transform(data), trained)
    assert_same(ours.transform(new), transformed)
    if step is SimpleImputer:
        assert_same_steps(ours, reference)
    assert_same(pickle.loads(pickle.dumps(ours)).transform(new), transformed)
    assert list(ours.get_feature_names_out()) == list(reference.get_feature_names_out())
    assert ours.feature_blocks() == reference.feature_blocks()


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
@settings(max_examples=100, deadline=None)
@given(columns=st.lists(COLUMNS, min_size=1, max_size=3), new=COLUMNS)
def test_any_numbers_are_filled_as_by_the_chains(columns, new):
    data = pd.DataFrame({f"c{place}": column for place, column in enumerate(columns)})
    later = pd.DataFrame(dict.fromkeys(data, new))
    with pytest.MonkeyPatch.context() as patched:
        reference, trained, transformed = plain_mapper(
            patched, list(data), SimpleImputer, data, later
        )
    ours = mapper(list(data), SimpleImputer)
    assert_same(ours.fit_transform(data), trained)
    assert_same_steps(ours, reference)
    assert_same(ours.transform(later), transformed)


@pytest.mark.parametrize(
    "column",
    [
        [1.0, np.inf, 2.0],
        [np.nan, np.nan, np.nan],
        np.array([1.5, 2.5, np.nan], dtype="float32"),
        [True, False, True],
        pd.array([1, None, 3], dtype="Int64"),
        ["1", "2", "3"],
        pd.to_datetime(["2020-01-01", "2020-01-02", None]),
        [1e308, 1e308, 1.0],
    ],
    ids=lambda column: str(getattr(column, "dtype", type(column[0]).__name__)),
)
@pytest.mark.filterwarnings("ignore:overflow")
def test_other_columns_go_the_way_of_the_chains(monkeypatch, column):
    data = pd.DataFrame({"a": [1.0, np.nan, 3.0], "b": column})
    finite = data.assign(b=[1.0, 2.0, 3.0])
    answers = []
    for quick in (True, False):
        with monkeypatch.context() as patched:
            if not quick:
                patched.setattr(dataframe_mapper, "fit_numbers", lambda *_, **__: None)
                patched.setattr(dataframe_mapper, "transform_numbers", lambda *_, **__: None)
            for trained in (data, finite):
                made = mapper("ab", SimpleImputer)
                try:
                    answers.append((made.fit_transform(trained).tobytes(), None))
                    answers.append((made.transform(data).tobytes(), made.feature_blocks()))
                except DataError as error:
                    answers.append((str(error), None))
    half = len(answers) // 2
    assert answers[:half] == answers[half:]


def test_frames_and_arrays_and_no_rows_are_as_before():
    data = pd.DataFrame({"a": [1.0, np.nan], "b": [3, 4]})
    definition = gen_features([["a"], ["b"]], [SimpleImputer])
    frame = DataFrameMapper(definition, input_df=True, df_out=True).fit_transform(data)
    assert frame.to_dict("list") == {"a": [1.0, 1.0], "b": [3.0, 4.0]}
    arrays = DataFrameMapper(definition).fit(data)
    assert not hasattr(arrays.built_features[0][1].steps_[0], "feature_names_in_")
    with pytest.raises(DataError, match="SimpleImputer cannot featurize the column 'a'"):
        DataFrameMapper(definition, input_df=True).fit(data.iloc[:0])
