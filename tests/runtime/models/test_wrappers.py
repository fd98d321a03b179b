"""The wrappers of earlier SDKs are the open-source estimators with those SDKs' arguments."""

import pickle
import warnings

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier, LGBMRegressor
from scipy.sparse import csr_matrix
from sklearn.base import clone
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import SGDClassifier
from sklearn.naive_bayes import BernoulliNB, MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import Normalizer, StandardScaler
from sklearn.svm import SVC, LinearSVC, NuSVC
from xgboost import XGBClassifier, XGBRegressor

from codegen_fi.runtime.automl.models.boosting_wrappers import (
    LightGBMClassifier,
    LightGBMRegressor,
    XGBoostClassifier,
    XGBoostRegressor,
)
from codegen_fi.runtime.automl.models.calibrated_model import CalibratedModel
from codegen_fi.runtime.automl.models.classifier_wrappers import (
    LinearSVMWrapper,
    NBWrapper,
    NuSVCWrapper,
    SGDClassifierWrapper,
    SVCWrapper,
)
from codegen_fi.runtime.automl.models.preprocessing_wrappers import (
    SparseNormalizer,
    StandardScalerWrapper,
    TruncatedSVDWrapper,
)
from codegen_fi.runtime.automl.models.problem_info import ProblemInfo
from codegen_fi.runtime.automl.models.sparse_scale_zero_one import SparseScaleZeroOne
from codegen_fi.runtime.importance.native.read import read
from codegen_fi.runtime.importance.pullback import pulled_back

INFO = ProblemInfo(dataset_samples=120, gpu_training_param_dict={"processing_unit_type": "cpu"})

# Wrapper, and the estimator it has to be equal to on 120 rows.
CLASSIFIERS = [
    (
        LightGBMClassifier(min_data_in_leaf=0.05, problem_info=INFO, random_state=3),
        LGBMClassifier(min_child_samples=7, verbose=-1, random_state=3),
    ),
    (
        XGBoostClassifier(n_estimators=9, problem_info=INFO),
        XGBClassifier(n_estimators=9, random_state=0),
    ),
    (SVCWrapper(C=2.0, random_state=1), SVC(C=2.0, probability=True, random_state=1)),
    (
        NuSVCWrapper(nu=0.4, probability=False, random_state=1),
        NuSVC(nu=0.4, probability=True, random_state=1),
    ),
    (
        LinearSVMWrapper(C=0.3, random_state=4),
        CalibratedModel(LinearSVC(C=0.3, random_state=4), random_state=4),
    ),
    (
        SGDClassifierWrapper(random_state=4),
        CalibratedModel(SGDClassifier(random_state=4), random_state=4),
    ),
    (
        SGDClassifierWrapper(loss="log", alpha=0.01, random_state=4, n_jobs=1),
        SGDClassifier(loss="log_loss", alpha=0.01, random_state=4),
    ),
    (
        SGDClassifierWrapper(loss="modified_huber", random_state=4),
        SGDClassifier(loss="modified_huber", random_state=4),
    ),
    (NBWrapper("Bernoulli", alpha=0.5), BernoulliNB(alpha=0.5)),
    (NBWrapper(model="Multinomial", fit_prior=False), MultinomialNB(fit_prior=False)),
]
REGRESSORS = [
    (
        LightGBMRegressor(min_data_in_leaf=0.1, num_leaves=5, random_state=3),
        LGBMRegressor(min_child_samples=13, num_leaves=5, verbose=-1, random_state=3),
    ),
    (XGBoostRegressor(max_depth=3), XGBRegressor(max_depth=3, random_state=0)),
]


def names(pairs):
    return [f"{type(ours).__name__}-{i}" for i, (ours, _) in enumerate(pairs)]


@pytest.fixture
def positive(data):
    X, signal = data
    return np.abs(X), signal


@pytest.mark.parametrize(("ours", "theirs"), CLASSIFIERS, ids=names(CLASSIFIERS))
def test_a_classifier_predicts_like_the_one_inside(ours, theirs, positive, make_labels):
    X, signal = positive
    y = make_labels(signal, [0, 1, 2])
    fitted = clone(ours).fit(X, y)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The `probability` parameter", FutureWarning)
        expected = clone(theirs).fit(X, y)
    np.testing.assert_array_equal(fitted.predict_proba(X), expected.predict_proba(X))
    np.testing.assert_array_equal(fitted.predict(X), expected.predict(X))
    assert fitted.classes_.tolist() == [0, 1, 2]
    assert fitted.n_features_in_ == X.shape[1]


@pytest.mark.parametrize(("ours", "theirs"), CLASSIFIERS[-2:], ids=["Bernoulli", "Multinomial"])
@pytest.mark.parametrize("weighed", [False, True])
def test_naive_bayes_scales_where_a_number_is_negative(ours, theirs, weighed, data, make_labels):
    X, signal = data
    y = make_labels(signal, [0, 1, 2])
    weights = {"sample_weight": np.arange(len(y)) % 3 + 1.0} if weighed else {}
    assert X.min() < 0 < X.max()
    scaled = (X - X.min(axis=0)) / np.ptp(X, axis=0) * X.max()
    expected = clone(theirs).fit(scaled, y, **weights).predict_proba(scaled)
    for table in (X, pd.DataFrame(X)):
        found = clone(ours).fit(table, y, **weights)
        np.testing.assert_allclose(found.predict_proba(table), expected, rtol=1e-9)
        assert found.classes_.tolist() == [0, 1, 2]
    # A sparse matrix is scaled as the official scaler of that name does it.
    sparse = csr_matrix(np.where(X > 0.5, X, np.minimum(X, -0.5) + 0.5))
    scaled = SparseScaleZeroOne().fit_transform(sparse)
    expected = clone(theirs).fit(scaled, y, **weights).predict_proba(scaled)
    found = clone(ours).fit(sparse, y, **weights).predict_proba(sparse)
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize(("ours", "theirs"), REGRESSORS, ids=names(REGRESSORS))
def test_a_regressor_predicts_like_the_one_inside(ours, theirs, positive):
    X, y = positive
    np.testing.assert_array_equal(
        clone(ours).fit(X, y).predict(X), clone(theirs).fit(X, y).predict(X)
    )


@pytest.mark.parametrize(
    ("ours", "theirs"), CLASSIFIERS + REGRESSORS, ids=names(CLASSIFIERS + REGRESSORS)
)
def test_a_wrapper_is_cloned_and_pickled_whole(ours, theirs, positive):
    X, signal = positive
    y = (signal > np.median(signal)).astype(int)
    fitted = clone(ours).fit(X, y)
    assert clone(fitted).get_params() == ours.get_params()
    assert not hasattr(clone(fitted), "model")
    again = pickle.loads(pickle.dumps(fitted))
    np.testing.assert_array_equal(again.predict(X), fitted.predict(X))
    assert type(ours).__name__ in repr(ours)


@pytest.mark.parametrize(
    ("given", "rows"),
    [
        # Of 120 rows; the official classes' own answers for 123 follow the same rule.
        ({"min_data_in_leaf": 0.0}, 1),
        ({"min_data_in_leaf": 0.1}, 13),
        ({"min_data_in_leaf": 0.99}, 119),
        ({"min_data_in_leaf": 1}, 121),
        ({"min_data_in_leaf": 2}, 241),
        ({"min_data_in_leaf": 20}, 20),
        ({"min_data_in_leaf": 21}, 2521),
        ({"min_child_samples": 0.2}, 25),
        ({"min_child_samples": 1}, 1),
        ({"min_child_samples": 20}, 20),
        ({"min_child_samples": 0.2, "min_data_in_leaf": 0.4}, 49),
    ],
)
def test_rows_in_a_leaf_of_lightgbm(given, rows, data):
    X, signal = data
    model = LightGBMRegressor(n_estimators=1, **given).fit(X, signal)
    assert model.model.get_params()["min_child_samples"] == rows


def test_lightgbm_without_a_leaf_size_says_what_is_missing():
    with pytest.raises(ValueError, match="min_data_in_leaf or min_child_samples"):
        LightGBMClassifier(num_leaves=5)


def test_naive_bayes_of_another_name():
    with pytest.raises(ValueError, match=r"Bernoulli, Multinomial, not Gaussian"):
        NBWrapper("Gaussian")


def test_weights_reach_the_estimator(positive):
    X, y = positive
    weights = np.where(y > 0, 5.0, 1.0)
    ours = LightGBMRegressor(min_data_in_leaf=0.1).fit(X, y, sample_weight=weights)
    theirs = LGBMRegressor(min_child_samples=13, verbose=-1).fit(X, y, sample_weight=weights)
    np.testing.assert_array_equal(ours.predict(X), theirs.predict(X))


def test_set_params_changes_the_estimator_inside(positive):
    X, y = positive
    model = LightGBMRegressor(min_data_in_leaf=0.1).set_params(n_estimators=3).fit(X, y)
    assert model.model.n_estimators == 3


def test_scalers_are_scikit_learns(positive):
    X, _ = positive
    wide = csr_matrix(np.where(X < 1, 0, X))
    ours = StandardScalerWrapper(with_mean=False, module_name="sklearn.preprocessing.data")
    np.testing.assert_array_equal(
        ours.fit_transform(wide).toarray(),
        StandardScaler(with_mean=False).fit_transform(wide).toarray(),
    )
    assert clone(ours).get_params() == ours.get_params()
    np.testing.assert_array_equal(
        SparseNormalizer(norm="l1").fit_transform(X), Normalizer("l1").fit_transform(X)
    )


@pytest.mark.parametrize(
    ("given", "width", "components"),
    [
        # The official class's own answers.
        ({"n_components": 0.1}, 5, 2),
        ({"n_components": 0.1}, 40, 4),
        ({"n_components": 0.6, "min_components": 4}, 5, 4),
        ({"n_components": 0.6}, 40, 24),
        ({"n_components": 0.99, "max_components": 3}, 40, 3),
        ({"n_components": 1}, 40, 40),
    ],
)
def test_size_of_a_truncated_svd(given, width, components):
    X = np.random.default_rng(0).normal(size=(60, width))
    ours = TruncatedSVDWrapper(random_state=1, **given).fit(X)
    expected = TruncatedSVD(n_components=components, random_state=1).fit_transform(X)
    np.testing.assert_array_equal(ours.transform(X), expected)
    assert ours.get_feature_names_out().tolist()[-1] == f"truncatedsvdwrapper{components - 1}"
    assert clone(ours).get_params() == ours.get_params()


def test_the_importance_of_a_wrapped_model_is_the_inner_one(positive):
    X, y = positive
    model = LightGBMRegressor(min_data_in_leaf=0.1).fit(X, y)
    np.testing.assert_array_equal(read(model, None).values, read(model.model, None).values)


def test_the_importance_goes_back_through_the_wrapped_preprocessors(positive):
    X, y = positive
    svd = TruncatedSVDWrapper(n_components=0.5, random_state=0).fit(X)
    values = np.array([1.0, 2.0])
    np.testing.assert_array_equal(pulled_back(svd, values), pulled_back(svd.model, values))
    scaler = StandardScalerWrapper().fit(X)
    np.testing.assert_array_equal(pulled_back(scaler, X[0]), X[0])
    normalizer = make_pipeline(SparseNormalizer()).fit(X, y)[0]
    np.testing.assert_array_equal(pulled_back(normalizer, X[0]), X[0])


def test_problem_info_holds_what_it_is_told():
    assert INFO.dataset_samples == 120
    assert ProblemInfo(dataset_samples=121) != INFO
    assert repr(ProblemInfo(task="regression")) == "ProblemInfo(task='regression')"
