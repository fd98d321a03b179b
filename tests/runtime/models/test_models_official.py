"""The models predict what the official ones predict, from the same data and seeds."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import LabelEncoder, StandardScaler

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

pytestmark = pytest.mark.official


@pytest.fixture(scope="module")
def official(questions, ask_official):
    return list(zip(questions, ask_official(questions), strict=True))


@pytest.fixture
def asked(official):
    def of(model):
        found = [
            (question, np.array(question["X"]), np.array(question["y"], question["dtype"]), answer)
            for question, answer in official
            if question["model"] == model
        ]
        assert found
        return found

    return of


def assert_same(model, X, answer, tolerance=1e-6):
    predicted = model.predict(X)
    if "proba" in answer:
        assert predicted.tolist() == answer["predict"]
        assert model.classes_.tolist() == answer["classes"]
        np.testing.assert_allclose(model.predict_proba(X), answer["proba"], atol=tolerance)
    else:
        np.testing.assert_allclose(predicted, answer["predict"], atol=tolerance)


def test_voting_classifier(asked, make_classifiers):
    for question, X, y, answer in asked("voting_classifier"):
        model = PreFittedSoftVotingClassifier(
            estimators=make_classifiers(),
            weights=question["weights"],
            flatten_transform=False,
            classification_labels=np.unique(y),
        )
        assert_same(model.fit(X, y), X, answer)


def test_voting_regressor(asked, make_regressors):
    for question, X, y, answer in asked("voting_regressor"):
        model = PreFittedSoftVotingRegressor(
            estimators=make_regressors(), weights=question["weights"]
        )
        assert_same(model.fit(X, y), X, answer)


def test_calibrated_model(asked, make_logistic):
    for question, X, y, answer in asked("calibrated"):
        model = CalibratedModel(base_estimator=make_logistic(), random_state=question["seed"])
        assert_same(model.fit(X, y), X, answer)


def test_labels_are_encoded_and_decoded(asked, make_logistic):
    for _, X, y, answer in asked("encoded"):
        inner = Pipeline([("scale", StandardScaler()), ("model", make_logistic())])
        model = PipelineWithYTransformations(inner, "LabelEncoder", LabelEncoder())
        assert_same(model.fit(X, y), X, answer)


def test_whole_number_targets(asked):
    for _, X, y, answer in asked("rounded"):
        transformer = TargetTypeTransformer(target_type="Integer")
        inner = Pipeline([("model", LinearRegression())])
        model = PipelineWithYTransformations(inner, "TargetTypeTransformer", transformer)
        predicted = model.fit(X, y).predict(X)
        assert predicted.dtype == np.int64
        assert predicted.tolist() == answer["predict"]


def test_scorer(asked, make_logistic):
    for _, X, y, answer in asked("scored"):
        model = make_logistic().fit(X, y)
        for metric, value in answer.items():
            assert Scorer(metric=metric)(model, X, y) == pytest.approx(value, abs=1e-9), metric


def test_sparse_scaling(asked):
    for _, X, _, answer in asked("scaled"):
        table = csr_matrix(np.where(np.abs(X) < 1, 0, X))
        scaler = SparseScaleZeroOne().fit(table)
        np.testing.assert_allclose(scaler.transform(table).toarray(), answer["same"])
        np.testing.assert_allclose(scaler.transform(table * 2).toarray(), answer["other"])


def test_a_stack_of_one_equals_the_official_stack_of_one(
    asked, make_classifiers, make_regressors, make_logistic
):
    for question, X, y, answer in asked("stacked_classifier"):
        model = StackEnsembleClassifier(
            make_classifiers()[1:], make_logistic(), training_cv_folds=question["folds"]
        )
        assert_same(model.fit(X, y), X, answer)
    for question, X, y, answer in asked("stacked_regressor"):
        model = StackEnsembleRegressor(
            make_regressors()[1:], Ridge(), training_cv_folds=question["folds"]
        )
        assert_same(model.fit(X, y), X, answer)


def test_every_member_has_a_say_where_the_official_stack_hears_the_last_only(
    asked, make_regressors
):
    for question, X, y, answer in asked("stacked_pair"):
        assert answer["weights"][0] == 0
        model = StackEnsembleRegressor(
            make_regressors()[::-1], Ridge(), training_cv_folds=question["folds"]
        )
        assert model.fit(X, y).meta_learner_.coef_[0] > 0.5
