"""The models are ordinary scikit-learn estimators with every member in reach."""

import pickle

import numpy as np
import pandas as pd
import pytest
from scipy import optimize, sparse
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge, SGDClassifier
from sklearn.metrics import get_scorer
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import BernoulliNB
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import LabelEncoder, MaxAbsScaler, StandardScaler
from sklearn.svm import LinearSVC

from codegen_fi.runtime.automl.models.calibrated_model import CalibratedModel
from codegen_fi.runtime.automl.models.pipeline_with_ytransformations import (
    PipelineWithYTransformations,
)
from codegen_fi.runtime.automl.models.sparse_scale_zero_one import SparseScaleZeroOne
from codegen_fi.runtime.automl.models.stack_ensemble import (
    Scorer,
    StackEnsembleClassifier,
    StackEnsembleRegressor,
)
from codegen_fi.runtime.automl.models.target_type_transformer import TargetTypeTransformer
from codegen_fi.runtime.automl.models.voting_ensemble import (
    PreFittedSoftVotingClassifier,
    PreFittedSoftVotingRegressor,
)

CLASSIFIERS = {
    "voting": lambda c, r: PreFittedSoftVotingClassifier(
        estimators=c, weights=[0.7, 0.3], flatten_transform=False, classification_labels=[0, 1]
    ),
    "stack": lambda c, r: StackEnsembleClassifier(c, LogisticRegression(), training_cv_folds=3),
    "calibrated": lambda c, r: CalibratedModel(
        base_estimator=LinearSVC(random_state=0), random_state=0
    ),
    "encoded": lambda c, r: PipelineWithYTransformations(
        Pipeline([("model", LogisticRegression())]), "LabelEncoder", LabelEncoder()
    ),
}
REGRESSORS = {
    "voting": lambda c, r: PreFittedSoftVotingRegressor(estimators=r, weights=[0.7, 0.3]),
    "stack": lambda c, r: StackEnsembleRegressor(r, Ridge(), training_cv_folds=3),
    "rounded": lambda c, r: PipelineWithYTransformations(
        Pipeline([("model", LinearRegression())]),
        "TargetTypeTransformer",
        TargetTypeTransformer(target_type="Integer"),
    ),
}


@pytest.mark.parametrize("build", CLASSIFIERS.values(), ids=CLASSIFIERS)
def test_classifiers_survive_pickle_and_clone(
    data, make_labels, make_classifiers, make_regressors, build
):
    X, signal = data
    y = make_labels(signal, ["no", "yes"])
    model = build(make_classifiers(), make_regressors()).fit(X, y)
    expected = model.predict_proba(X)
    assert model.classes_.tolist() == ["no", "yes"]
    np.testing.assert_allclose(expected.sum(axis=1), 1)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(model)).predict_proba(X), expected)
    np.testing.assert_array_equal(clone(model).fit(X, y).predict_proba(X), expected)
    assert model.score(X, y) > 0.7
    assert get_scorer("roc_auc")(model, X, y) > 0.7
    assert model.n_features_in_ == 4


@pytest.mark.parametrize("build", REGRESSORS.values(), ids=REGRESSORS)
def test_regressors_survive_pickle_and_clone(data, make_classifiers, make_regressors, build):
    X, signal = data
    y = np.round(signal * 10)
    model = build(make_classifiers(), make_regressors()).fit(X, y)
    expected = model.predict(X)
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(model)).predict(X), expected)
    np.testing.assert_array_equal(clone(model).fit(X, y).predict(X), expected)
    assert model.score(X, y) > 0.7
    assert not hasattr(model, "predict_proba")


@pytest.mark.parametrize("build", [*CLASSIFIERS.values(), *REGRESSORS.values()])
def test_unfitted_models_say_so(data, make_classifiers, make_regressors, build):
    with pytest.raises(NotFittedError):
        build(make_classifiers(), make_regressors()).predict(data[0])


def test_both_votes_show_fitted_members_and_weights(data, make_classifiers, make_regressors):
    X, y = data
    regressor = PreFittedSoftVotingRegressor(make_regressors(), weights=[0.7, 0.3]).fit(X, y)
    parts = [member.predict(X) for member in regressor.estimators_]
    np.testing.assert_allclose(regressor.predict(X), 0.7 * parts[0] + 0.3 * parts[1])
    classifier = PreFittedSoftVotingClassifier(make_classifiers(), weights=[0.7, 0.3])
    classifier.fit(X, y > 0)
    parts = [member.predict_proba(X) for member in classifier.estimators_]
    np.testing.assert_allclose(classifier.predict_proba(X), 0.7 * parts[0] + 0.3 * parts[1])
    assert classifier.weights == regressor.weights == [0.7, 0.3]
    assert "yes" not in classifier.get_params(deep=False)


def test_older_scripts_may_say_soft(data, make_classifiers):
    model = PreFittedSoftVotingClassifier(estimators=make_classifiers(), voting="soft")
    assert model.fit(data[0], data[1] > 0).transform(data[0]).shape == (2, 120, 2)


@pytest.mark.parametrize(
    "base", [LinearSVC(random_state=0), SGDClassifier(loss="hinge", random_state=0)]
)
def test_a_calibrated_model_shows_the_classifier_fitted_on_all_rows(data, make_labels, base):
    X, signal = data
    y = make_labels(signal, ["a", "b", "c"])
    model = CalibratedModel(base_estimator=base, random_state=0).fit(X, y)
    inner = model.model.estimator
    assert type(inner) is type(base)
    assert model.model.calibrated_classifiers_[0].estimator is inner
    np.testing.assert_array_equal(inner.coef_, clone(base).fit(X, y).coef_)
    assert not hasattr(base, "coef_")


@pytest.mark.parametrize("seed", [0, 3])
def test_probabilities_are_a_sigmoid_learnt_on_a_fifth_of_the_rows(data, make_labels, seed):
    X, signal = data
    y = make_labels(signal, [0, 1])
    train, rest = train_test_split(np.arange(120), train_size=0.8, stratify=y, random_state=seed)
    base = LinearSVC(random_state=0)
    scores = clone(base).fit(X[train], y[train]).decision_function(X[rest])
    # Platt's targets, a little inside of 0 and 1 by the number of rows on each side.
    met, missed = (y[rest] == 1).sum(), (y[rest] == 0).sum()
    wanted = np.where(y[rest] == 1, (met + 1) / (met + 2), 1 / (missed + 2))

    def loss(line):
        exponent = line[0] * scores + line[1]
        return np.sum(np.logaddexp(0, exponent) - (1 - wanted) * exponent)

    slope, shift = optimize.minimize(loss, [0.0, 0.0], tol=1e-12).x
    model = CalibratedModel(base_estimator=base, random_state=seed).fit(X, y)
    refitted = clone(base).fit(X, y).decision_function(X)
    expected = 1 / (1 + np.exp(slope * refitted + shift))
    np.testing.assert_allclose(model.predict_proba(X)[:, 1], expected, atol=1e-3)


def test_calibration_works_when_a_class_is_missing_from_the_held_out_rows():
    random = np.random.default_rng(0)
    X = random.normal(size=(60, 3))
    y = np.r_[np.zeros(29, int), np.ones(29, int), 2, 2]
    model = CalibratedModel(base_estimator=LinearSVC(random_state=0), random_state=0).fit(X, y)
    assert model.predict_proba(X).shape == (60, 3)
    assert np.isfinite(model.predict_proba(X)).all()


def test_the_wrapped_pipeline_shares_its_steps(data, make_labels):
    X, signal = data
    inner = Pipeline([("scale", StandardScaler()), ("model", LogisticRegression())])
    model = PipelineWithYTransformations(inner, "LabelEncoder", LabelEncoder())
    model.fit(X, make_labels(signal, ["p", "q", "r"]))
    assert model.steps[-1][1] is inner.steps[-1][1]
    assert model.steps[-1][1].classes_.tolist() == [0, 1, 2]
    assert model.classes_.tolist() == ["p", "q", "r"]
    assert model[:-1].transform(X).shape == X.shape
    assert set(model.predict(X)) <= {"p", "q", "r"}


def test_parameters_of_the_wrapped_pipeline_can_be_set():
    inner = Pipeline([("model", LogisticRegression())])
    model = PipelineWithYTransformations(inner, "LabelEncoder", LabelEncoder())
    model.set_params(pipeline__model__C=3.0)
    assert model.get_params()["pipeline__model__C"] == 3
    assert model.steps[0][1].C == 3


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("Integer", [1.4, 2.5, 3.5, -1.7], [1, 2, 4, -2]),
        ("Float", [1.4, 2.5], [1.4, 2.5]),
    ],
)
def test_only_whole_number_targets_are_rounded(kind, given, expected):
    transformer = TargetTypeTransformer(target_type=kind)
    given = np.array(given)
    assert transformer.fit_transform(given) is given
    assert transformer.inverse_transform(given, convert_type=True).tolist() == expected


def test_predictions_that_are_no_numbers_stay_as_they_are():
    rounded = TargetTypeTransformer("Integer").inverse_transform(
        np.array([1.4, np.nan]), convert_type=True
    )
    np.testing.assert_array_equal(rounded, [1, np.nan])


def test_sparse_scaling_of_a_dense_table_is_that_of_its_cells():
    table = np.array([[1, -2, 0, 5.0], [3, 0, 0, 5], [-1, 4, 0, 5]])
    scaler = SparseScaleZeroOne().fit(table)
    expected = [[2 / 3, 1 / 4, 0, 1], [1, 0, 0, 1], [1 / 3, 1, 0, 1]]
    for kind in (table, pd.DataFrame(table), sparse.csr_matrix(table), sparse.csc_matrix(table)):
        out = scaler.transform(kind)
        assert sparse.issparse(out)
        np.testing.assert_allclose(out.toarray(), expected)
    assert isinstance(scaler.model, MaxAbsScaler)
    with pytest.raises(NotFittedError):
        SparseScaleZeroOne().transform(table)


def test_sparse_scaling_feeds_a_naive_bayes(data):
    X, y = data
    model = Pipeline([("scale", SparseScaleZeroOne()), ("model", BernoulliNB())]).fit(X, y > 0)
    assert pickle.loads(pickle.dumps(model)).predict(X).shape == (120,)


def test_errors_are_negated_so_that_higher_is_better(data):
    X, y = data
    good, bad = Ridge().fit(X, y), Ridge(alpha=1e6).fit(X, y)
    for metric in ("root_mean_squared_error", "r2_score", "spearman_correlation"):
        assert Scorer(metric=metric)(good, X, y) >= Scorer(metric=metric)(bad, X, y)
    labels = y > 0
    right = LogisticRegression().fit(X, labels)
    wrong = LogisticRegression().fit(X, ~labels)
    for metric in ("log_loss", "AUC_weighted", "norm_macro_recall"):
        assert Scorer(metric=metric)(right, X, labels) > Scorer(metric=metric)(wrong, X, labels)


def test_a_scorer_can_be_copied():
    scorer = Scorer(metric="accuracy")
    assert clone(scorer).metric == pickle.loads(pickle.dumps(scorer)).metric == "accuracy"
