"""The stack is the textbook one: out-of-fold predictions of every member, then a meta-learner."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse
from sklearn.linear_model import ElasticNetCV, LogisticRegression, LogisticRegressionCV, Ridge
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_predict
from sklearn.tree import DecisionTreeClassifier

from codegen_fi.runtime.automl.models.stack_ensemble import (
    Scorer,
    StackEnsembleClassifier,
    StackEnsembleRegressor,
)


@pytest.mark.parametrize("names", [[0, 1], ["a", "b", "c"], [3, 5, 7, 9]])
def test_classifier_equals_its_closed_form(data, make_labels, make_classifiers, names):
    X, signal = data
    y = make_labels(signal, names)
    model = StackEnsembleClassifier(make_classifiers(), LogisticRegression(), training_cv_folds=4)
    folds = StratifiedKFold(4)
    seen = [
        cross_val_predict(each, X, y, cv=folds, method="predict_proba")[:, 1:]
        for _, each in make_classifiers()
    ]
    meta = LogisticRegression().fit(np.hstack(seen), y)
    refitted = [each.fit(X, y).predict_proba(X)[:, 1:] for _, each in make_classifiers()]
    expected = meta.predict_proba(np.hstack(refitted))
    np.testing.assert_allclose(model.fit(X, y).predict_proba(X), expected, atol=1e-12)
    assert model.predict(X).tolist() == meta.classes_[expected.argmax(axis=1)].tolist()


def test_regressor_equals_its_closed_form(data, make_regressors):
    X, y = data
    model = StackEnsembleRegressor(make_regressors(), Ridge(), training_cv_folds=3).fit(X, y)
    seen = [cross_val_predict(each, X, y, cv=KFold(3)) for _, each in make_regressors()]
    meta = Ridge().fit(np.column_stack(seen), y)
    refitted = [each.fit(X, y).predict(X) for _, each in make_regressors()]
    np.testing.assert_allclose(model.predict(X), meta.predict(np.column_stack(refitted)))


@pytest.mark.parametrize("meta", ["logistic", "cv"])
def test_the_first_member_carries_weight(data, make_labels, make_classifiers, meta):
    X, signal = data
    # What the newest releases ask for, and the oldest don't know.
    wanted = {"l1_ratios": (0,), "use_legacy_attributes": False}
    known = LogisticRegressionCV().get_params()
    quiet = wanted if "use_legacy_attributes" in known else {}
    learner = {
        "logistic": LogisticRegression(),
        "cv": LogisticRegressionCV(scoring=Scorer(metric="AUC_weighted"), **quiet),
    }[meta]
    y = make_labels(signal, [0, 1])
    members = make_classifiers()[::-1]
    model = StackEnsembleClassifier(members, learner, training_cv_folds=5).fit(X, y)
    weights = model.meta_learner_.coef_[0]
    assert weights[0] > 0.3 * weights.sum() > 0


def test_a_class_missing_from_a_fold_counts_as_impossible_there():
    X = np.arange(12.0).reshape(-1, 1)
    y = np.array([0] * 5 + [1] * 5 + [2] * 2)
    member = DecisionTreeClassifier(random_state=0)
    with pytest.warns(UserWarning, match="least populated class"):
        model = StackEnsembleClassifier(
            [("tree", member)], LogisticRegression(), training_cv_folds=3
        ).fit(X, y)
    assert model.predict_proba(X).shape == (12, 3)
    assert model.meta_learner_.n_features_in_ == 2


def test_frames_and_sparse_matrices_give_the_same_stack(data, make_regressors):
    X, y = data
    kinds = [X, pd.DataFrame(X, columns=list("abcd")), sparse.csc_matrix(X)]
    first, *others = (
        StackEnsembleRegressor(make_regressors(), ElasticNetCV(cv=3), 3).fit(kind, y).predict(kind)
        for kind in kinds
    )
    for other in others:
        np.testing.assert_allclose(other, first, atol=1e-6)


def test_the_names_of_the_official_class_answer_too(data, make_regressors):
    X, y = data
    model = StackEnsembleRegressor(make_regressors(), Ridge()).fit(X, y)
    assert model._base_learners is model.base_learners_
    assert model._meta_learner is model.meta_learner_
    assert [name for name, _ in model._base_learners] == ["tree", "line"]
    assert model.n_features_in_ == 4


def test_fit_leaves_what_it_was_given_alone(data, make_regressors):
    X, y = data
    members, meta = make_regressors(), Ridge()
    StackEnsembleRegressor(members, meta).fit(X, y)
    assert not hasattr(members[0][1], "tree_")
    assert not hasattr(meta, "coef_")
