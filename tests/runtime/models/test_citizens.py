"""Every class is an ordinary estimator of scikit-learn, by scikit-learn's own checks.

What a class fails is in the table, with the reason.
"""

import pickle
import warnings

import numpy as np
import pytest
import sklearn
from citizens import BEFORE_1_6, CHECKED, MODELS, OTHERS, TARGETS, TRANSFORMERS
from sklearn.base import clone, is_classifier, is_regressor
from sklearn.exceptions import NotFittedError
from sklearn.utils.estimator_checks import check_estimator

OLD = sklearn.__version__ < "1.6"


def named(estimators):
    return [f"{type(each).__name__}-{place}" for place, each in enumerate(estimators)]


def failures(estimator):
    """Names of the checks that fail."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if OLD:
            return {name for name, check in _old_checks(estimator) if not _passes(check)}
        done = check_estimator(estimator, on_skip=None, on_fail=None)
        return {each["check_name"] for each in done if each["status"] == "failed"}


def _old_checks(estimator):
    for built, check in check_estimator(estimator, generate_only=True):
        yield check.func.__name__, lambda built=built, check=check: check(built)


def _passes(check):
    try:
        check()
    except Exception as error:  # noqa: BLE001
        return type(error).__name__ == "SkipTest"
    return True


@pytest.mark.parametrize(
    ("estimator", "known"), CHECKED, ids=named([estimator for estimator, _ in CHECKED])
)
def test_checks_of_scikit_learn(estimator, known):
    assert failures(estimator) - set(known) - set(BEFORE_1_6 if OLD else ()) == set()


@pytest.fixture
def rows():
    random = np.random.default_rng(3)
    X = np.abs(random.normal(size=(80, 4)))
    return X, np.round(5 * X[:, 0] + 1)


def target_for(model, y):
    return y if is_regressor(model) else np.where(y > np.median(y), "yes", "no")


MODELS_AND_OTHERS = [*MODELS, *OTHERS]


@pytest.mark.parametrize("model", MODELS_AND_OTHERS, ids=named(MODELS_AND_OTHERS))
def test_a_model(model, rows):
    X, y = rows
    y = target_for(model, y)
    coded = "XGBoost" in type(model).__name__ and is_classifier(model)
    y = np.unique(y, return_inverse=True)[1] if coded else y
    assert is_classifier(model) != is_regressor(model)
    assert is_classifier(model) == hasattr(clone(model).fit(X, y), "predict_proba")
    with pytest.raises(NotFittedError):
        clone(model).predict(X)
    first = clone(model).fit(X, y)
    again = clone(first).set_params(**first.get_params(deep=False)).fit(X, y)
    np.testing.assert_array_equal(first.predict(X), again.predict(X))
    np.testing.assert_array_equal(first.predict(X), pickle.loads(pickle.dumps(first)).predict(X))
    assert first.score(X, y) > 0.5


@pytest.mark.parametrize("transformer", TRANSFORMERS, ids=named(TRANSFORMERS))
def test_a_transformer_names_its_columns(transformer, rows):
    X, _ = rows
    fitted = clone(transformer).fit(X)
    names = fitted.get_feature_names_out()
    assert len(names) == len(set(names)) == fitted.transform(X).shape[1]
    assert not is_classifier(fitted)
    assert not is_regressor(fitted)
    again = pickle.loads(pickle.dumps(clone(fitted).set_params(**fitted.get_params()).fit(X)))
    left, right = fitted.transform(X), again.transform(X)
    assert type(left) is type(right)
    assert abs(left - right).max() < 1e-12


@pytest.mark.parametrize("transformer", TARGETS, ids=named(TARGETS))
def test_a_transformer_of_a_target(transformer, rows):
    _, y = rows
    fitted = clone(transformer).fit(y)
    again = pickle.loads(pickle.dumps(clone(fitted).set_params(**fitted.get_params()).fit(y)))
    np.testing.assert_array_equal(fitted.transform(y), again.transform(y))
    np.testing.assert_allclose(again.inverse_transform(fitted.transform(y)), y, rtol=1e-9)
