"""Importances of pipelines made of the runtime's own featurizers, ensembles and wrappers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from lightgbm import LGBMClassifier, LGBMRegressor
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.inspection import permutation_importance
from sklearn.linear_model import ElasticNet, LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import LabelEncoder, MaxAbsScaler, StandardScaler
from sklearn.svm import LinearSVC

from codegen_fi.runtime.automl.featurization.categorical.cat_imputer import CatImputer
from codegen_fi.runtime.automl.featurization.categorical.labelencoder_transformer import (
    LabelEncoderTransformer,
)
from codegen_fi.runtime.automl.featurization.generic.imputation_marker import ImputationMarker
from codegen_fi.runtime.automl.featurization.text.stringcast_transformer import (
    StringCastTransformer,
)
from codegen_fi.runtime.automl.featurization.utilities import wrap_in_list
from codegen_fi.runtime.automl.models.calibrated_model import CalibratedModel
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
from codegen_fi.runtime.automl.sklearn_pandas.dataframe_mapper import DataFrameMapper
from codegen_fi.runtime.automl.sklearn_pandas.features_generator import gen_features
from codegen_fi.runtime.importance import explain
from codegen_fi.runtime.importance.anatomy import take_apart
from codegen_fi.runtime.importance.blocks import blocks_of
from codegen_fi.runtime.importance.permutation import shuffled_orders
from codegen_fi.runtime.importance.rows import shares
from codegen_fi.runtime.importance.scoring import scorer_for


def mapper(columns, *classes):
    return DataFrameMapper(
        features=gen_features(columns, list(classes)), input_df=True, sparse=True
    )


def featurization():
    words = {"class": CountVectorizer, "binary": True, "tokenizer": wrap_in_list}
    letters = {"class": TfidfVectorizer, "analyzer": "char", "ngram_range": (3, 3)}
    numbers = [["hours per week"], ["größe"]]
    return FeatureUnion(
        [
            ("0", mapper(numbers, {"class": SimpleImputer, "strategy": "mean"})),
            ("1", mapper([["größe"]], {"class": ImputationMarker})),
            ("2", mapper(["country's"], {"class": StringCastTransformer}, words)),
            (
                "3",
                mapper(
                    ["member, really"],
                    {"class": CatImputer},
                    {"class": StringCastTransformer},
                    {"class": LabelEncoderTransformer, "hashing_seed_val": 314489979},
                ),
            ),
            ("4", mapper(["comment"], {"class": StringCastTransformer}, letters)),
        ]
    )


@pytest.fixture(scope="module")
def data():
    random = np.random.default_rng(5)
    rows = 200
    size, country = random.normal(size=rows), random.choice(["de", "fr", "it", "es"], rows)
    X = pd.DataFrame(
        {
            "hours per week": size,
            "const": 1,
            "größe": np.where(random.random(rows) < 0.2, np.nan, random.normal(size=rows)),
            "country's": country,
            "member, really": random.choice([True, False], rows),
            "comment": random.choice(["very good", "very bad", "so so", "no idea"], rows),
        }
    )
    return X, 3 * size + 2 * (country == "fr") + random.normal(size=rows) / 4


def members(kind):
    models = {
        "classification": [RandomForestClassifier, LogisticRegression, KNeighborsClassifier],
        "regression": [RandomForestRegressor, ElasticNet, KNeighborsRegressor],
    }[kind]
    seeded = [{"n_estimators": 8, "random_state": 0}, {}, {}]
    return [
        (f"model_{i}", Pipeline([("preproc", MaxAbsScaler()), ("model", cls(**options))]))
        for i, (cls, options) in enumerate(zip(models, seeded, strict=True))
    ]


def classifiers():
    meta = LogisticRegression()
    weights = {"weights": [0.5, 0.3, 0.2], "classification_labels": np.array([0, 1, 2])}
    return {
        "lightgbm": LGBMClassifier(n_estimators=10, min_child_samples=5, verbose=-1, n_jobs=1),
        "voting": PreFittedSoftVotingClassifier(estimators=members("classification"), **weights),
        "stack": StackEnsembleClassifier(members("classification"), meta, training_cv_folds=3),
        "calibrated": CalibratedModel(LinearSVC(random_state=0), random_state=0),
    }


@pytest.fixture(scope="module", params=list(classifiers()))
def classified(request, data):
    X, score = data
    y = np.array(["low", "mid", "high"], dtype=object)[np.digitize(score, [-1, 1])]
    steps = [("featurization", featurization()), ("model", classifiers()[request.param])]
    wrapped = PipelineWithYTransformations(Pipeline(steps), "LabelEncoder", LabelEncoder())
    return wrapped.fit(X, y), X, y


@pytest.fixture(scope="module", params=["voting", "stack", "forest"])
def regressed(request, data):
    X, y = data
    models = {
        "voting": lambda: PreFittedSoftVotingRegressor(members("regression"), [0.5, 0.3, 0.2]),
        "stack": lambda: StackEnsembleRegressor(members("regression"), ElasticNet(alpha=0.01)),
        "forest": lambda: RandomForestRegressor(8, random_state=0),
    }
    steps = [("featurization", featurization()), ("scale", StandardScaler(with_mean=False))]
    return Pipeline([*steps, ("model", models[request.param]())]).fit(X, y), X, y


def raw(result, method="permutation", model="model"):
    frame = result.to_frame()
    chosen = (frame.method == method) & (frame.space == "raw") & (frame.model == model)
    return frame[chosen].set_index("feature")


@pytest.mark.parametrize("scoring", ["accuracy", "neg_log_loss", "AUC_weighted"])
def test_classification_equals_scikit_learn_exactly(classified, scoring):
    model, X, y = classified
    ours = raw(explain(model, X, y, methods=["permutation"], scoring=scoring, repeats=3, seed=4))
    _, scorer = scorer_for(scoring, "classification")
    theirs = permutation_importance(model, X, y, scoring=scorer, n_repeats=3, random_state=4)
    assert ours.loc[X.columns, "importance"].tolist() == theirs.importances_mean.tolist()
    assert ours.loc[X.columns, "std"].tolist() == theirs.importances_std.tolist()
    assert ours.index[0] == "hours per week"
    assert ours.note["const"] == "not used by the featurizer"


def test_regression_equals_scikit_learn_exactly(regressed):
    model, X, y = regressed
    ours = raw(explain(model, X, y, methods=["permutation"], repeats=3, seed=4))
    theirs = permutation_importance(model, X, y, scoring="r2", n_repeats=3, random_state=4)
    assert ours.loc[X.columns, "importance"].tolist() == theirs.importances_mean.tolist()
    assert ours.index[0] == "hours per week"


def test_none_of_them_is_featurized_again(classified):
    model, X, y = classified
    _, scorer = scorer_for("accuracy", "classification")
    order = shuffled_orders(len(X), 1, 0)[0]
    assert blocks_of(take_apart(model, X), X, y, scorer, order) is not None


def test_every_method_works_in_both_spaces(classified):
    model, X, y = classified
    result = explain(model, X, y, repeats=1)
    assert result.failures == ()
    assert result.header.skipped == ()
    whole = result.to_frame().query("model == 'model'")
    found = set(zip(whole.method, whole.space, strict=True))
    assert {(m, s) for m in ("native", "permutation") for s in ("raw", "engineered")} <= found
    assert raw(result, "native").share.sum() == pytest.approx(1)


def test_voting_is_its_weighted_members(data):
    X, y = data
    voting = PreFittedSoftVotingRegressor(members("regression"), [0.5, 0.3, 0.2])
    model = Pipeline([("featurization", featurization()), ("ensemble", voting)]).fit(X, y)
    result = explain(model, X, y, methods=["native"])
    whole = raw(result, "native")
    forest = raw(result, "native", "model_0 (RandomForestRegressor)")
    linear = raw(result, "native", "model_1 (ElasticNet)")
    columns = list(X.columns)
    mixed = 0.625 * forest.share[columns] + 0.375 * linear.share[columns]
    assert whole.importance[columns].to_numpy() == pytest.approx(mixed.to_numpy())
    assert whole.note["hours per week"].startswith(
        "members' shares times their weights; covers 0.8"
    )
    assert "KNeighborsRegressor" in raw(result, "native", "model_2 (KNeighborsRegressor)").note[""]


def test_a_stack_is_its_learners_weighted_by_the_meta_learner(data):
    X, score = data
    y = np.digitize(score, [-1, 1])
    learners = members("classification")[:2]
    stack = StackEnsembleClassifier(learners, LogisticRegression(), training_cv_folds=3)
    model = Pipeline([("featurization", featurization()), ("stackensemble", stack)]).fit(X, y)
    result = explain(model, X, y, methods=["native"])
    meta = shares(np.abs(stack._meta_learner.coef_).mean(axis=0))
    weights = meta.reshape(2, 2).sum(axis=1)
    names = ["model_0 (RandomForestClassifier)", "model_1 (LogisticRegression)"]
    columns = list(X.columns)
    mixed = sum(
        weight * raw(result, "native", name).share[columns]
        for weight, name in zip(weights, names, strict=True)
    )
    found = raw(result, "native").importance[columns]
    assert found.to_numpy() == pytest.approx(mixed.to_numpy())


def test_processes_give_the_same_rows(data):
    X, y = data
    trees = LGBMRegressor(n_estimators=10, verbose=-1, n_jobs=2)
    model = Pipeline([("featurization", featurization()), ("model", trees)]).fit(X, y)
    one = explain(model, X, y, methods=["permutation"], repeats=2)
    said = []
    two = explain(
        model,
        X,
        y,
        methods=["permutation"],
        repeats=2,
        n_jobs=2,
        progress=lambda done, total, _: said.append((done, total)),
    )
    assert two.rows == one.rows
    assert said == [(2 * done, 2 * len(said)) for done in range(1, len(said) + 1)]
