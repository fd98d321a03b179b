"""What explain accepts and refuses, and what it does when a method fails."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.datasets import load_diabetes, load_iris
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from codegen_fi.runtime.importance import explain
from codegen_fi.runtime.importance.lineage import LineageError, traced

X, Y = load_diabetes(return_X_y=True, as_frame=True)
RIDGE = Ridge().fit(X, Y)


class Broken(Ridge):
    """Fails where it is asked to."""

    def predict(self, X):
        raise RuntimeError("no power")


class Interrupted(Ridge):
    """Somebody presses Ctrl-C."""

    def predict(self, X):
        raise KeyboardInterrupt


def test_auto_is_native_and_permutation():
    result = explain(RIDGE, X, Y, repeats=1)
    assert result.header.methods == ("native", "permutation")
    methods = {row.method for row in result.rows}
    assert methods == {"native", "native_coef", "coefficient", "permutation"}


def test_none_computes_nothing():
    result = explain(RIDGE, X, Y, methods=("none",))
    assert result.rows == ()
    assert result.header.baseline is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"methods": ["gain"]}, "choose from auto, native, permutation, shap, none"),
        ({"methods": ["none", "native"]}, "can't go together"),
        ({"scoring": "acuracy"}, "did you mean accuracy"),
        ({"scoring": "zzzzzz"}, "known are: accuracy"),
        ({"repeats": 0}, "repeats must be at least 1, got 0"),
        ({"max_rows": 0}, "max_rows must be at least 1, got 0"),
        ({"task": "forecasting"}, "task must be one of classification, regression"),
        ({"X_valid": X}, "X_valid and y_valid come together"),
        ({"X_valid": X, "y_valid": Y[:-1]}, "442 validation rows but 441 labels"),
        ({"X_valid": X[:0], "y_valid": Y[:0]}, "there are no validation rows"),
    ],
)
def test_arguments_that_cannot_be_meant_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        explain(RIDGE, X, Y, **options)


def test_no_group_where_nothing_moves_together_is_said():
    independent = np.random.default_rng(0).normal(size=(90, 3))
    model = Ridge().fit(independent, independent[:, 0])
    asked = {"methods": ["permutation"], "repeats": 1, "groups": "auto"}
    said = ("groups", "no columns of the data move together")
    assert said in explain(model, independent, independent[:, 0], **asked).header.skipped
    assert said not in explain(RIDGE, X, Y, **asked).header.skipped


def test_a_failing_method_is_a_row_and_does_not_cost_the_others():
    result = explain(Broken().fit(X, Y), X, Y)
    assert result.failures == (("permutation", "RuntimeError: no power"),)
    (row,) = [row for row in result.rows if row.method == "permutation"]
    assert row.note == "failed: RuntimeError: no power"
    assert len([row for row in result.rows if row.method == "native" and row.rank]) == 20


@pytest.mark.filterwarnings("ignore:R.* score is not well-defined")
def test_a_score_that_is_no_number_is_a_failure_not_a_column_of_nan():
    result = explain(RIDGE, X, Y, methods=["permutation"], max_rows=1)
    ((method, reason),) = result.failures
    assert method == "permutation"
    assert "unshuffled rows is nan" in reason


class Fragile(Ridge):
    """Says -2, of which there is no logarithm, once the first column isn't in order."""

    def predict(self, X):
        ordered = np.all(np.diff(np.asarray(X)[:, 0]) >= 0)
        return np.full(len(X), 2.0 if ordered else -2.0)


@pytest.mark.parametrize("columns", [["a", "b"], ["a"]])
def test_a_shuffle_without_a_score_is_said_of_its_column(columns):
    table = pd.DataFrame({"a": np.arange(90.0), "b": 1.0})[columns]
    target = np.full(90, 2.0)
    model = Fragile().fit(table, target)
    asked = {"methods": ["permutation"], "scoring": "root_mean_squared_log_error", "repeats": 2}
    found = explain(model, table, target, **asked)
    rows = {row.feature: row for row in found.rows if row.space == "raw"}
    assert (rows["a"].rank, rows["a"].note) == (None, "the score of shuffled rows is no number")
    assert np.isnan(rows["a"].importance)
    if "b" in columns:
        assert (rows["b"].rank, rows["b"].importance, rows["b"].note) == (1, 0.0, "")
        assert found.failures == ()
    else:
        assert found.failures == (("permutation", "the score of shuffled rows is no number"),)


def test_an_interrupt_passes():
    with pytest.raises(KeyboardInterrupt):
        explain(Interrupted().fit(X, Y), X, Y)


def test_the_task_is_found_on_the_model():
    iris, species = load_iris(return_X_y=True, as_frame=True)
    model = LogisticRegression(max_iter=500).fit(iris, species)
    result = explain(model, iris, species, repeats=1)
    assert (result.header.task, result.header.scoring) == ("classification", "accuracy")
    result = explain(RIDGE, X, Y, repeats=1)
    assert (result.header.task, result.header.scoring) == ("regression", "r2")


def test_validation_rows_are_used_when_given():
    result = explain(RIDGE, X, Y, X[:50], Y[:50], methods=["permutation"], repeats=1)
    assert (result.header.split, result.header.rows_used) == ("validation", 50)
    assert result.header.baseline == RIDGE.score(X[:50], Y[:50])


def test_a_wrapper_with_a_pipeline_is_seen_through():
    class Wrapper(RegressorMixin, BaseEstimator):
        def __init__(self, pipeline):
            self.pipeline = pipeline

        def predict(self, X):
            return self.pipeline.predict(X)

    pipeline = Pipeline([("s", StandardScaler()), ("m", Ridge())]).fit(X, Y)
    plain = explain(pipeline, X, Y, repeats=1)
    wrapped = explain(Wrapper(pipeline), X, Y, repeats=1)
    # Products of matrices of other heights may differ in the last bit on older libraries.
    pd.testing.assert_frame_equal(wrapped.to_frame(), plain.to_frame(), rtol=1e-12, atol=1e-14)


def test_two_columns_of_one_name_are_refused():
    twice = pd.concat([X, X[["bmi"]]], axis=1)
    with pytest.raises(ValueError, match="two columns of the data are named 'bmi'"):
        explain(RIDGE, twice, Y)


def test_validation_columns_may_stand_in_another_order(odd, make_featurizer):
    frame, score = odd
    model = Pipeline([("f", make_featurizer("shared")), ("m", Ridge())]).fit(frame, score)
    plain = explain(model, frame, score, frame, score, repeats=2)
    turned = frame[frame.columns[::-1]].assign(more=1)
    assert (
        explain(model, frame, score, turned, score, repeats=2).to_frame().equals(plain.to_frame())
    )
    with pytest.raises(ValueError, match="validation rows have no column 'größe'"):
        explain(model, frame, score, frame.drop(columns="größe"), score)


def test_columns_of_an_array_are_numbered():
    model = Ridge().fit(X.to_numpy(), Y)
    result = explain(model, X.to_numpy(), Y, methods=["native"])
    assert {row.feature for row in result.rows} == {f"x{i}" for i in range(10)}


def test_two_mappers_may_give_one_name(make_mapper):
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import FeatureUnion

    union = FeatureUnion(
        [(name, make_mapper([(["bmi"], SimpleImputer())]).fit(X)) for name in ("a", "b", "c")]
    )
    lineage = traced(union, tuple(X.columns))
    assert lineage.engineered == ("bmi_0", "bmi_0#2", "bmi_0#3")
    assert lineage.sum_by_raw(np.array([1.0, 2.0, 4.0]))[2] == 7


def test_a_featurizer_reading_a_column_the_data_lack_is_named(make_mapper):
    from sklearn.impute import SimpleImputer

    mapper = make_mapper([(["bmi"], SimpleImputer())]).fit(X)
    with pytest.raises(LineageError, match="reads column 'bmi'"):
        traced(mapper, ("age", "sex"))


def test_a_featurizer_that_cannot_tell_its_columns_leaves_the_raw_space_to_permutation():
    from sklearn.pipeline import FeatureUnion

    union = FeatureUnion([("a", StandardScaler()), ("b", StandardScaler())])
    model = Pipeline([("f", union), ("m", Ridge())]).fit(X, Y)
    result = explain(model, X, Y, repeats=2)
    assert {(row.method, row.space) for row in result.rows} == {
        ("native", "engineered"),
        ("native_coef", "engineered"),
        ("coefficient", "engineered"),
        ("permutation", "raw"),
    }
    assert "StandardScaler does not tell its columns" in dict(result.header.skipped).values()
    assert result.failures == ()
    assert result.header.engineered_columns is None
