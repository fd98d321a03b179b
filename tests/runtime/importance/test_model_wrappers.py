"""Importances through the earlier SDKs' preprocessors, targets and ensemble, by closed forms."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import MinMaxScaler
from sklearn.tree import DecisionTreeRegressor

from codegen_fi.runtime.automl.models.column_transformers import (
    DropColumnsTransformer,
    IdentityTransformer,
)
from codegen_fi.runtime.automl.models.ensemble_wrapper import EnsembleWrapper
from codegen_fi.runtime.automl.models.pipeline_with_ytransformations import (
    PipelineWithYTransformations,
)
from codegen_fi.runtime.automl.models.preproc_wrapper import PreprocWrapper
from codegen_fi.runtime.automl.models.target_transformers import (
    BoxCoxTransformerScipy,
    LogTransformer,
    PowerTransformer,
    QuantileTransformerWrapper,
)
from codegen_fi.runtime.importance.native.read import read
from codegen_fi.runtime.importance.pullback import OpaqueStepError, pulled_back
from codegen_fi.runtime.importance.rows import shares


@pytest.fixture
def data():
    random = np.random.default_rng(2)
    X = random.normal(size=(200, 4))
    return X, np.exp(0.2 * X[:, 0] - 0.5 * X[:, 3] + 3)


@pytest.mark.parametrize(
    ("keep", "given", "expected"),
    [
        ([1, 3], [5.0, 7.0], [0, 5, 0, 7]),
        ([3, 0], [5.0, 7.0], [7, 0, 0, 5]),
        ([-1], [5.0], [0, 0, 0, 5]),
        ([2, 2], [5.0, 7.0], [0, 0, 12, 0]),
        (1, [5.0], [0, 5, 0, 0]),
        ([], [1.0, 2.0, 3.0, 4.0], [1, 2, 3, 4]),
    ],
)
def test_a_kept_column_is_the_one_it_was(data, keep, given, expected):
    step = DropColumnsTransformer(keep).fit(data[0])
    assert pulled_back(step, np.array(given)).tolist() == expected


def test_dropped_columns_of_an_unknown_table():
    with pytest.raises(OpaqueStepError, match="how many columns"):
        pulled_back(DropColumnsTransformer([0]), np.array([1.0]))


def test_a_pipeline_of_wrapped_preprocessors(data):
    X, y = data
    steps = [
        ("same", IdentityTransformer()),
        ("scale", PreprocWrapper(MinMaxScaler, feature_range=(0, 1))),
        ("keep", DropColumnsTransformer([3, 0])),
        ("model", LinearRegression()),
    ]
    model = Pipeline(steps).fit(X, y)
    slope = LinearRegression().fit(MinMaxScaler().fit_transform(X)[:, [3, 0]], y).coef_
    np.testing.assert_allclose(read(model, None).values, np.abs([slope[1], 0, 0, slope[0]]))


@pytest.mark.parametrize(
    "target",
    [
        LogTransformer(),
        PowerTransformer(power=0.5),
        BoxCoxTransformerScipy(),
        QuantileTransformerWrapper(),
        IdentityTransformer(),
    ],
    ids=repr,
)
def test_a_transformed_target_leaves_the_importances_to_the_regressor(data, target):
    X, y = data
    inner = Pipeline([("keep", DropColumnsTransformer([0, 3])), ("model", LinearRegression())])
    model = PipelineWithYTransformations(inner, "target", target).fit(X, y)
    slope = LinearRegression().fit(X[:, [0, 3]], target.transform(y)).coef_
    np.testing.assert_allclose(read(model, None).values, np.abs([slope[0], 0, 0, slope[1]]))


def test_an_ensemble_of_averages(data):
    X, y = data
    models = [DecisionTreeRegressor(max_depth=2, random_state=0), LinearRegression()]
    ensemble = EnsembleWrapper(models=models, weights=[3, 1], task="regression").fit(X, y)
    tree, line = (shares(read(model, None).values) for model in ensemble.models_)
    np.testing.assert_allclose(read(ensemble, None).values, 0.75 * tree + 0.25 * line)


def test_an_ensemble_with_a_last_model(data):
    X, y = data
    codes = np.digitize(y, np.quantile(y, [0.3, 0.6]))
    models = [LogisticRegression(C=c).fit(X[:, :], codes) for c in (0.01, 10)]
    seen = np.dstack([model.predict_proba(X)[:, 1:] for model in models]).reshape(len(X), -1)
    last = LogisticRegression().fit(seen, codes)
    ensemble = EnsembleWrapper(models=models, clf=last)
    of_last = shares(np.abs(last.coef_).mean(axis=0))
    first, second = (shares(read(model, None).values) for model in models)
    expected = of_last[[0, 2]].sum() * first + of_last[[1, 3]].sum() * second
    np.testing.assert_allclose(read(ensemble, None).values, expected)


def test_names_of_kept_columns(data):
    table = pd.DataFrame(data[0], columns=list("abcd"))
    assert DropColumnsTransformer([3, 0]).fit(table).get_feature_names_out().tolist() == ["d", "a"]
