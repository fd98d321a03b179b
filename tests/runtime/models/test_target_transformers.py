"""Transformed targets, against their formulas worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import Pipeline

from codegen_fi.runtime.automl.models.column_transformers import IdentityTransformer
from codegen_fi.runtime.automl.models.pipeline_with_ytransformations import (
    PipelineWithYTransformations,
)
from codegen_fi.runtime.automl.models.target_transformers import (
    BoxCoxTransformerScipy,
    LogTransformer,
    PowerTransformer,
    QuantileTransformerWrapper,
)

POSITIVE = np.array([1.0, 2.0, 4.0, 10.0])
ANY_SIGN = np.array([-3.0, 0.0, 2.0, 5.0])
# ANY_SIGN scaled from [-3, 5] to [1e-5, 1].
SCALED = 1e-5 + (ANY_SIGN + 3) * (1 - 1e-5) / 8
EVERY = [
    LogTransformer(),
    PowerTransformer(power=2),
    PowerTransformer(power=0.5),
    PowerTransformer(power=1 / 3),
    PowerTransformer(power=-1),
    BoxCoxTransformerScipy(),
    QuantileTransformerWrapper(),
]
NAMES = [repr(each) for each in EVERY]


def close(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("transformer", "y", "expected"),
    [
        (LogTransformer(), POSITIVE, np.log([1, 2, 4, 10])),
        (LogTransformer(), ANY_SIGN, np.log(SCALED)),
        (LogTransformer(), [0, 1, 3], np.log([1e-5, 1e-5 + 0.99999 / 3, 1])),
        (LogTransformer(), [True, False], [0, np.log(1e-5)]),
        # A constant that isn't positive is the lower end of a scale of length 1.
        (LogTransformer(), [-2.0, -2.0], np.log([1e-5, 1e-5])),
        (LogTransformer(), [7.0], [np.log(7)]),
        (PowerTransformer(), POSITIVE, [1, 2, 4, 10]),
        (PowerTransformer(power=2), POSITIVE, [1, 4, 16, 100]),
        (PowerTransformer(power=3), ANY_SIGN, SCALED**3),
        (PowerTransformer(power=0.5), POSITIVE, [1, 2**0.5, 2, 10**0.5]),
        (PowerTransformer(power=-2), POSITIVE, [1, 1 / 4, 1 / 16, 1 / 100]),
        (PowerTransformer(power=0.5), ANY_SIGN, SCALED**0.5),
        # Of five rows, the quantiles are 0, 1/4, 1/2, 3/4 and 1.
        (QuantileTransformerWrapper(), [3, 9, 5, 1, 7], [0.25, 1, 0.5, 0, 0.75]),
        (QuantileTransformerWrapper(n_quantiles=3), [1, 2, 3, 4, 9], [0, 0.25, 0.5, 7 / 12, 1]),
    ],
)
def test_a_transformed_target(transformer, y, expected):
    y = np.asarray(y)
    close(transformer.fit_transform(y), expected)
    close(transformer.transform(y.reshape(-1, 1)), expected)
    np.testing.assert_allclose(transformer.inverse_transform(expected), y, atol=1e-9)


@pytest.mark.parametrize("y", [POSITIVE, ANY_SIGN])
def test_box_cox_with_the_likeliest_lambda(y):
    transformer = BoxCoxTransformerScipy(lambda_val=0.5).fit(y)
    positive = POSITIVE if y is POSITIVE else SCALED
    found = transformer.lambda_
    close(transformer.transform(y), (positive**found - 1) / found)
    best = stats.boxcox_llf(found, positive)
    assert best >= max(stats.boxcox_llf(found + step, positive) for step in (-1e-2, 1e-2))
    np.testing.assert_allclose(
        transformer.inverse_transform(transformer.transform(y)), y, atol=1e-9
    )


def test_box_cox_of_a_constant_target_is_an_error():
    with pytest.raises(ValueError, match="constant"):
        BoxCoxTransformerScipy().fit(np.full(5, 2.0))


@pytest.mark.parametrize("kind", [LogTransformer, lambda safe: PowerTransformer(0.5, safe)])
def test_values_below_those_of_the_training_rows(kind):
    safe = kind(safe=True).fit(ANY_SIGN)
    close(safe.transform(np.array([-3.0, -50.0])), [safe.transform(np.array([-3.0]))[0]] * 2)
    with pytest.raises(ValueError, match=r"falls to -50.0, which is below .* -3.0"):
        kind(safe=False).fit(ANY_SIGN).transform(np.array([-3.0, -50.0]))
    # A target that was above zero all along has 1e-5 as its least value.
    close(LogTransformer().fit(POSITIVE).transform(np.array([-2.0, 0.5])), np.log([1e-5, 0.5]))


def test_powers_that_keep_the_sign_take_any_number():
    for power in (1, 2, 3, 1 / 3, 0.2):
        fitted = PowerTransformer(power, safe=False).fit(POSITIVE)
        close(fitted.transform(np.array([-8.0])), [-(8.0**power)])
        close(fitted.inverse_transform(np.array([-8.0])), [-(8.0 ** (1 / power))])


def test_predictions_a_root_cannot_come_from():
    root = PowerTransformer(power=0.5).fit(POSITIVE)
    close(root.inverse_transform(np.array([-2.0, 0.0, 0.1, 3.0])), [0.01, 0.01, 0.01, 9])
    with pytest.raises(ValueError, match=r"-2.0 can't be brought back from the power 0.5"):
        root.inverse_transform(np.array([-2.0, 0.0]))
    with pytest.raises(ValueError, match="can't be brought back"):
        PowerTransformer(power=0.5, safe=False).fit(POSITIVE).inverse_transform([0.0, 1.0])
    with pytest.raises(ValueError, match="no way back"):
        PowerTransformer(power=0).fit(POSITIVE).inverse_transform([1.0])


def test_a_least_value_that_is_told():
    close(LogTransformer().fit(POSITIVE, y_min=-10).transform([10.0, -10.0]), np.log([1, 1e-5]))
    close(LogTransformer().fit(POSITIVE, y_min=0.5).transform([10.0]), np.log([10]))
    inner = Pipeline([("model", LinearRegression())])
    X = np.arange(4.0).reshape(-1, 1)
    model = PipelineWithYTransformations(inner, "log", LogTransformer()).fit(X, POSITIVE, y_min=-10)
    assert model.y_transformer.y_min_ == -10
    assert model.y_transformer_name == "log"


@pytest.mark.parametrize("transformer", EVERY, ids=NAMES)
@pytest.mark.parametrize("kind", [list, pd.Series, lambda y: y.astype(object), np.float32])
def test_targets_of_every_kind(transformer, kind):
    expected = transformer.fit_transform(POSITIVE)
    assert transformer.fit_transform(kind(POSITIVE)) == pytest.approx(expected)
    assert expected.dtype == np.float64
    assert expected.shape == (4,)


@pytest.mark.parametrize("transformer", EVERY, ids=NAMES)
def test_missing_predictions_stay_missing(transformer):
    y = np.array([1.0, 2.0, 4.0])
    back = transformer.fit(y).inverse_transform([np.nan, transformer.transform(y)[2]])
    assert np.isnan(back[0])
    assert back[1] == pytest.approx(4)


@pytest.mark.parametrize("transformer", EVERY, ids=NAMES)
def test_what_cannot_be_transformed(transformer):
    with pytest.raises(NotFittedError):
        type(transformer)().transform(POSITIVE)
    with pytest.raises(NotFittedError):
        type(transformer)().inverse_transform(POSITIVE)
    with pytest.raises(ValueError, match="could not convert string to float"):
        transformer.fit(np.array(["a", "b"]))
    with pytest.raises(ValueError, match=r"0 sample\(s\)"):
        transformer.fit(np.array([]))


@pytest.mark.parametrize("transformer", [*EVERY, IdentityTransformer()], ids=repr)
def test_a_regressor_of_a_transformed_target(transformer):
    X = np.arange(12.0).reshape(-1, 1)
    y = X[:, 0] ** 2 + 5
    inner = Pipeline([("model", LinearRegression())])
    model = PipelineWithYTransformations(inner, "any", transformer).fit(X, y)
    by_hand = LinearRegression().fit(X, transformer.transform(y))
    close(model.predict(X), transformer.inverse_transform(by_hand.predict(X)))
