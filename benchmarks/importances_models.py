"""Pipelines as Azure AutoML's code generation writes them, made of the runtime's stand-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from lightgbm import LGBMClassifier, LGBMRegressor
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import ElasticNet, LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import LabelEncoder, MaxAbsScaler, StandardScaler
from xgboost import XGBClassifier, XGBRegressor

from codegen_fi.runtime.automl.featurization.categorical.cat_imputer import CatImputer
from codegen_fi.runtime.automl.featurization.datetime.datetime_transformer import (
    DateTimeFeaturesTransformer,
)
from codegen_fi.runtime.automl.featurization.generic.imputation_marker import ImputationMarker
from codegen_fi.runtime.automl.featurization.text.stringcast_transformer import (
    StringCastTransformer,
)
from codegen_fi.runtime.automl.featurization.utilities import wrap_in_list
from codegen_fi.runtime.automl.models.pipeline_with_ytransformations import (
    PipelineWithYTransformations,
)
from codegen_fi.runtime.automl.models.voting_ensemble import (
    PreFittedSoftVotingClassifier,
    PreFittedSoftVotingRegressor,
)
from codegen_fi.runtime.automl.sklearn_pandas.dataframe_mapper import DataFrameMapper
from codegen_fi.runtime.automl.sklearn_pandas.features_generator import gen_features

if TYPE_CHECKING:
    from importances_data import Table

MOST_CATEGORIES = 1000

# A leaf holds a share of the rows at least, as AutoML sets it.
_FOREST = {"n_estimators": 50, "min_samples_leaf": 0.01, "n_jobs": 1, "random_state": 0}


def fitted(data: Table, kind: str) -> Any:
    """Fit a pipeline of one of `MODELS` (a featurizer before it) or the bare ``forest``."""
    y = data.y
    if kind == "bare forest":
        return RandomForestClassifier(100, random_state=0, n_jobs=1).fit(data.X, y)
    steps = [("featurization", featurizer(data)), *MODELS[kind](data.task)]
    pipeline: Any = Pipeline(steps)
    if data.task == "classification":
        pipeline = PipelineWithYTransformations(pipeline, "LabelEncoder", LabelEncoder())
    return pipeline.fit(data.X, y)


def featurizer(data: Table) -> FeatureUnion:
    """Impute numbers and mark gaps, one CountVectorizer per category, parts of dates, n-grams."""
    X = data.X
    others = [name for name in X.columns if name not in {*data.dates, *data.texts}]
    numbers = [name for name in others if pd.api.types.is_numeric_dtype(X[name])]
    gaps = [name for name in numbers if X[name].isna().any()]
    words = [name for name in others if name not in numbers]
    words = [name for name in words if X[name].nunique() <= MOST_CATEGORIES]
    cast = {"class": StringCastTransformer}
    one_hot = {"class": CountVectorizer, "binary": True, "tokenizer": wrap_in_list}
    grams = {"class": TfidfVectorizer, "dtype": np.float32, "use_idf": False}
    parts = [
        ([[name] for name in numbers], [{"class": SimpleImputer, "strategy": "mean"}]),
        ([[name] for name in gaps], [{"class": ImputationMarker}]),
        (words, [cast, {**one_hot, "token_pattern": None}]),
        (
            list(data.dates),
            [{"class": CatImputer}, cast, {"class": DateTimeFeaturesTransformer}],
        ),
        (list(data.texts), [cast, {**grams, "analyzer": "char", "ngram_range": (3, 3)}]),
        (list(data.texts), [cast, {**grams, "analyzer": "word", "ngram_range": (1, 2)}]),
    ]
    return FeatureUnion(
        [
            (f"mapper_{i}", _mapper(columns, classes))
            for i, (columns, classes) in enumerate(parts)
            if columns
        ]
    )


def _mapper(columns: Any, classes: Any) -> DataFrameMapper:
    features = gen_features(columns=columns, classes=classes)
    return DataFrameMapper(features=features, input_df=True, sparse=True)


def _lightgbm(task: str, **options: Any) -> Any:
    cls = LGBMClassifier if task == "classification" else LGBMRegressor
    return cls(**{"n_estimators": 100, "verbose": -1, "n_jobs": 1, "random_state": 0, **options})


def _boosted(task: str) -> list[tuple[str, Any]]:
    return [("scaler", MaxAbsScaler()), ("model", _lightgbm(task))]


def _forest(task: str) -> list[tuple[str, Any]]:
    cls = RandomForestClassifier if task == "classification" else RandomForestRegressor
    return [("scaler", MaxAbsScaler()), ("model", cls(**_FOREST))]


def _neighbours(task: str) -> list[tuple[str, Any]]:
    cls = KNeighborsClassifier if task == "classification" else KNeighborsRegressor
    return [("scaler", MaxAbsScaler()), ("model", cls(10, n_jobs=1))]


def _voting(task: str) -> list[tuple[str, Any]]:
    """Nine members behind three kinds of scaler, as a typical run of AutoML ends with."""
    classify = task == "classification"
    forest = RandomForestClassifier if classify else RandomForestRegressor
    extra = ExtraTreesClassifier if classify else ExtraTreesRegressor
    extreme = XGBClassifier if classify else XGBRegressor
    models = [
        _lightgbm(task),
        _lightgbm(task, num_leaves=63, learning_rate=0.05, colsample_bytree=0.6),
        _lightgbm(task, n_estimators=50, max_depth=4),
        extreme(n_estimators=100, max_depth=6, n_jobs=1, random_state=0),
        extreme(n_estimators=50, max_depth=4, n_jobs=1, random_state=0),
        forest(**_FOREST),
        extra(**_FOREST),
        LogisticRegression(max_iter=200) if classify else ElasticNet(alpha=0.01),
        LogisticRegression(C=0.1, max_iter=200) if classify else ElasticNet(alpha=0.1),
    ]
    scalers = [MaxAbsScaler(), StandardScaler(with_mean=False), MaxAbsScaler()]
    members = [
        (f"model_{i}", Pipeline([("scaler", scalers[i % 3]), ("model", model)]))
        for i, model in enumerate(models)
    ]
    weights = [0.2, 0.15, 0.1, 0.15, 0.1, 0.1, 0.1, 0.05, 0.05]
    cls = PreFittedSoftVotingClassifier if classify else PreFittedSoftVotingRegressor
    return [("ensemble", cls(members, weights=weights))]


MODELS = {
    "lightgbm": _boosted,
    "forest": _forest,
    "neighbours": _neighbours,
    "voting": _voting,
}
