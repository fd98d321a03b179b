"""Sample weights reach the members of an ensemble as if each were fitted by hand."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import LabelEncoder, MinMaxScaler

from codegen_fi.runtime.automl.models.pipeline_with_ytransformations import (
    PipelineWithYTransformations,
)
from codegen_fi.runtime.automl.models.stack_ensemble import (
    StackEnsembleClassifier,
    StackEnsembleRegressor,
)
from codegen_fi.runtime.automl.models.voting_ensemble import (
    PreFittedSoftVotingClassifier,
    PreFittedSoftVotingRegressor,
)


@pytest.fixture
def weights():
    return np.random.default_rng(3).uniform(0.05, 4, 120)


def by_hand(member, X, y, w):
    """Fit a member; a pipeline step by step."""
    if not isinstance(member, Pipeline):
        return member.fit(X, y, sample_weight=w)
    *before, (_, last) = member.steps
    for _, step in before:
        X = step.fit_transform(X, y)
    by_hand(last, X, y, w)
    return member


def test_voting_classifier(data, make_labels, make_classifiers, weights):
    X, signal = data
    y = make_labels(signal, ["a", "b", "c"])
    model = PreFittedSoftVotingClassifier(make_classifiers(), weights=[0.7, 0.3])
    model.fit(X, y, sample_weight=weights)
    coded = LabelEncoder().fit_transform(y)
    votes = [by_hand(m, X, coded, weights).predict_proba(X) for _, m in make_classifiers()]
    expected = np.average(votes, axis=0, weights=[0.7, 0.3])
    np.testing.assert_allclose(model.predict_proba(X), expected)
    assert model.predict(X).tolist() == np.array(["a", "b", "c"])[expected.argmax(1)].tolist()
    assert list(model.named_estimators_) == ["tree", "line"]
    assert np.abs(model.predict_proba(X) - model.fit(X, y).predict_proba(X)).max() > 1e-3


def test_voting_regressor(data, make_regressors, weights):
    X, y = data
    model = PreFittedSoftVotingRegressor(make_regressors(), weights=[2, 5])
    model.fit(X, y, sample_weight=weights)
    votes = [by_hand(member, X, y, weights).predict(X) for _, member in make_regressors()]
    np.testing.assert_allclose(model.predict(X), np.average(votes, axis=0, weights=[2, 5]))


def test_weights_of_one_change_nothing(data, make_regressors):
    X, y = data
    plain = PreFittedSoftVotingRegressor(make_regressors()).fit(X, y).predict(X)
    model = PreFittedSoftVotingRegressor(make_regressors()).fit(X, y, sample_weight=np.ones(len(y)))
    np.testing.assert_allclose(model.predict(X), plain)


def test_stack_weighs_members_and_meta_learner(data, make_labels, make_classifiers, weights):
    X, signal = data
    y = make_labels(signal, [0, 1])
    model = StackEnsembleClassifier(make_classifiers(), LogisticRegression(), training_cv_folds=4)
    model.fit(X, y, sample_weight=weights.tolist())
    seen = np.zeros((len(y), 2))
    for train, test in StratifiedKFold(4).split(X, y):
        for column, (_, member) in enumerate(make_classifiers()):
            fitted = by_hand(member, X[train], y[train], weights[train])
            seen[test, column] = fitted.predict_proba(X[test])[:, 1]
    meta = LogisticRegression().fit(seen, y, sample_weight=weights)
    every = [by_hand(m, X, y, weights).predict_proba(X)[:, 1] for _, m in make_classifiers()]
    expected = meta.predict_proba(np.column_stack(every))
    np.testing.assert_allclose(model.predict_proba(X), expected, atol=1e-12)


def test_pipelines_in_pipelines_and_a_coded_target(data, make_labels, weights):
    X, signal = data
    y = make_labels(signal, ["no", "yes"])

    def inner():
        return Pipeline([("scale", MinMaxScaler()), ("bayes", GaussianNB())])

    members = [("nested", Pipeline([("again", MinMaxScaler()), ("model", inner())]))]
    votes = PreFittedSoftVotingClassifier(members)
    model = PipelineWithYTransformations(
        Pipeline([("ensemble", votes)]), "LabelEncoder", LabelEncoder()
    ).fit(X, y, ensemble__sample_weight=weights)
    scaled = MinMaxScaler().fit_transform(X)
    expected = GaussianNB().fit(scaled, y, sample_weight=weights).predict_proba(scaled)
    np.testing.assert_allclose(model.predict_proba(X), expected)


def test_a_member_that_takes_no_weights_is_an_error(data, weights):
    X, y = data
    members = [("near", KNeighborsRegressor()), ("line", Ridge())]
    for model in (
        PreFittedSoftVotingRegressor(members), StackEnsembleRegressor(members, Ridge())
    ):  # fmt: skip
        with pytest.raises(TypeError, match="sample_weight"):
            model.fit(X, y, sample_weight=weights)
