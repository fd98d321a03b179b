"""Two classes, fitted as a softmax of two vectors of coefficients."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import log_softmax
from sklearn.base import clone
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression

from codegen_fi.runtime.automl.models.multinomial_logistic_regression import (
    MultinomialLogisticRegression,
)

EXACT = {"tol": 1e-10, "max_iter": 50_000, "random_state": 0}
L1 = pytest.mark.filterwarnings("ignore:'penalty' was deprecated:FutureWarning")


@pytest.fixture
def table():
    random = np.random.default_rng(5)
    X = random.normal(size=(60, 3)) * [1.0, 2.0, 0.5]
    y = np.where(X @ [1.0, -0.5, 0.3] + 0.4 + random.logistic(size=60) > 0, "yes", "no")
    return X, y


def softmax_of_two(X, y, C, share=0.0, weights=None):
    """Minimise C times the loss plus the penalty of both vectors, each in a part above zero and
    a part below it, so that the lasso is smooth."""
    n, columns = X.shape
    weights = np.ones(n) if weights is None else weights
    hot = np.column_stack([y == "no", y == "yes"]).astype(float)

    def parts(flat):
        above, below = flat[: 2 * columns], flat[2 * columns : 4 * columns]
        return (above - below).reshape(2, columns), (above + below).sum(), flat[4 * columns :]

    def objective(flat):
        w, lasso, intercepts = parts(flat)
        log = log_softmax(X @ w.T + intercepts, axis=1)
        error = (np.exp(log) - hot) * weights[:, None]
        smooth = (C * error.T @ X + (1 - share) * w).ravel()
        value = -C * (weights @ (hot * log).sum(axis=1)) + (1 - share) * (w**2).sum() / 2
        return value + share * lasso, np.concatenate(
            [smooth + share, share - smooth, C * error.sum(axis=0)]
        )

    bounds = [(0, None)] * (4 * columns) + [(None, None)] * 2
    best = minimize(
        objective, np.zeros(4 * columns + 2), jac=True, bounds=bounds, method="L-BFGS-B",
        options={"maxiter": 50_000, "maxfun": 100_000, "gtol": 1e-11, "ftol": 1e-16},
    )  # fmt: skip
    w, _, intercepts = parts(best.x)
    return w[1] - w[0], intercepts[1] - intercepts[0]


def check(model, expected):
    np.testing.assert_allclose(model.coef_[0], expected[0], atol=2e-5)
    np.testing.assert_allclose(model.intercept_, expected[1], atol=2e-5)


@pytest.mark.parametrize("solver", ["lbfgs", "newton-cg", "sag", "saga"])
@pytest.mark.parametrize("C", [0.03, 2.0])
def test_a_ridge_penalty(table, solver, C):
    X, y = table
    weights = np.linspace(0.2, 2, len(y))
    model = MultinomialLogisticRegression(C=C, solver=solver, **EXACT)
    assert model.fit(X, y) is model
    assert model.C == C
    check(model, softmax_of_two(X, y, C))
    check(model.fit(X, y, weights), softmax_of_two(X, y, C, weights=weights))
    as_today = LogisticRegression(C=C, solver=solver, **EXACT).fit(X, y)
    assert abs(model.fit(X, y).predict_proba(X) - as_today.predict_proba(X)).max() > 1e-3


@L1
@pytest.mark.parametrize(
    ("share", "given"),
    [(1.0, {"penalty": "l1", "l1_ratio": 1}), (0.4, {"penalty": "elasticnet", "l1_ratio": 0.4})],
)
def test_a_lasso_penalty(table, share, given):
    X, y = table
    model = MultinomialLogisticRegression(C=0.2, solver="saga", **given, **EXACT)
    model.fit(X, y)
    expected = softmax_of_two(X, y, 0.2, share)
    check(model, expected)
    np.testing.assert_array_equal(model.coef_[0] == 0, abs(expected[0]) < 1e-6)


@pytest.mark.parametrize("solver", ["lbfgs", "newton-cg", "saga"])
def test_without_a_penalty_the_models_are_one(table, solver):
    X, y = table
    model = MultinomialLogisticRegression(C=np.inf, solver=solver, **EXACT).fit(X, y)
    plain = LogisticRegression(C=np.inf, solver="lbfgs", **EXACT).fit(X, y)
    np.testing.assert_allclose(model.predict_proba(X), plain.predict_proba(X), atol=1e-5)


@pytest.mark.parametrize("solver", ["sag", "saga"])
def test_class_weights_and_no_intercept(table, solver):
    X, y = table
    given = {"solver": solver, "fit_intercept": False, **EXACT}
    of_class = {"no": 0.3, "yes": 1.0}
    weighed = MultinomialLogisticRegression(class_weight=of_class, **given).fit(X, y)
    by_row = MultinomialLogisticRegression(**given).fit(X, y, [of_class[name] for name in y])
    np.testing.assert_array_equal(weighed.coef_, by_row.coef_)
    np.testing.assert_array_equal(weighed.intercept_, [0.0])
    both = MultinomialLogisticRegression(class_weight=of_class, **given).fit(X, y, np.full(60, 0.5))
    assert not np.allclose(both.coef_, weighed.coef_)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_it_goes_on_where_it_stopped(table):
    X, y = table
    model = MultinomialLogisticRegression(solver="saga", warm_start=True, **EXACT).fit(X, y)
    reached = model.coef_
    again = model.set_params(max_iter=1).fit(X, y).coef_
    anew = clone(model).fit(X, y).coef_
    assert abs(again - reached).max() < abs(anew - reached).max() / 2


@pytest.mark.parametrize("solver", ["lbfgs", "saga"])
def test_more_classes_are_fitted_as_they_are(solver):
    X, y = make_classification(n_classes=3, n_informative=4, random_state=0)
    given = {"solver": solver, "max_iter": 500, "tol": 1e-3, "random_state": 0}
    model = MultinomialLogisticRegression(**given).fit(X, y)
    np.testing.assert_array_equal(model.coef_, LogisticRegression(**given).fit(X, y).coef_)


def test_a_solver_that_never_fitted_it(table):
    with pytest.raises(ValueError, match=r"liblinear doesn't fit multinomial models"):
        MultinomialLogisticRegression(solver="liblinear").fit(*table)


@L1
@pytest.mark.filterwarnings("ignore:Inconsistent values:UserWarning")
def test_a_penalty_that_sag_does_not_know(table):
    with pytest.raises(ValueError, match="Solver sag supports only"):
        MultinomialLogisticRegression(solver="sag", penalty="l1").fit(*table)
