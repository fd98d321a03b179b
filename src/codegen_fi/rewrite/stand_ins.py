"""Where each official module's names are found in the portable runtime.

Official modules moved between releases; ours stand under the newest tail.  ``FRONTS`` says which of
our packages stands for which official one.  A name that isn't in ``STAND_INS`` has no stand-in,
and a script that uses it is refused by name.
"""

from __future__ import annotations

from typing import Final

RUNTIME: Final = "codegen_fi_runtime"
LOCAL_RUN: Final = f"{RUNTIME}.local_run"
TABLES: Final = f"{RUNTIME}.tables"
AUTOML: Final = f"{RUNTIME}.automl"

# Official front -> our package below AUTOML; the longest front that fits counts.  An official
# package also hands out the names of its modules, so a name is looked for in ours and below.
FRONTS: Final = {
    "sklearn_pandas": "sklearn_pandas",
    "azureml.training.tabular": "",
    "azureml.training.tabular.preprocessing.binning": "preprocessing._dataset_binning",
    "azureml.training.tabular.models.forecasting_pipeline_wrapper": "models",
    "azureml.automl.runtime": "preprocessing",
    "azureml.automl.runtime.data_cleaning": "preprocessing.data_cleaning",
    "azureml.automl.runtime.featurization": "featurization",
    "azureml.automl.runtime.featurizer.transformer": "featurization",
    "azureml.automl.runtime.stack_ensemble_base": "models.stack_ensemble",
    "azureml.automl.runtime.shared._cv_splits": "score._cv_splits",
    "azureml.automl.runtime.shared._dataset_binning": "preprocessing._dataset_binning",
    "azureml.automl.runtime.shared.model_wrappers": "models",
    "azureml.automl.runtime.shared.problem_info": "models.problem_info",
    "azureml.automl.runtime.shared.score": "score",
}

STAND_INS: Final[dict[str, frozenset[str]]] = {
    module: frozenset(names.split())
    for module, names in {
        "sklearn_pandas.dataframe_mapper": "DataFrameMapper",
        "sklearn_pandas.features_generator": "gen_features",
        "_diagnostics.logging_utilities": "log_traceback",
        "preprocessing.data_cleaning": "_remove_nan_rows_in_X_y",
        "preprocessing._dataset_binning": "make_dataset_bins get_dataset_bins",
        "score.scoring": "score_classification score_regression aggregate_scores",
        "score._cv_splits": "_CVSplits",
        "featurization.utilities": "wrap_in_list wrap_in_lst _wrap_in_lst",
        "featurization.categorical.cat_imputer": "CatImputer",
        "featurization.categorical.labelencoder_transformer": "LabelEncoderTransformer",
        "featurization.categorical.hashonehotvectorizer_transformer": (
            "HashOneHotVectorizerTransformer"
        ),
        "featurization.categorical.onehotencoder_transformer": "OneHotEncoderTransformer",
        "featurization.categorical.prefitted_labelencoder_transformer": (
            "PrefittedLabelEncoderTransformer"
        ),
        "featurization.datetime.datetime_transformer": "DateTimeFeaturesTransformer",
        "featurization.generic.imputation_marker": "ImputationMarker",
        "featurization.generic.crossvalidation_target_encoder": "CrossValidationTargetEncoder",
        "featurization.generic.countbased_target_encoder": "CountBasedTargetEncoder",
        "featurization.generic.woe_target_encoder": "WoEBasedTargetEncoder",
        "featurization.generic.modelbased_target_encoder": "ModelBasedTargetEncoder",
        "featurization.generic.lambda_transformer": "LambdaTransformer",
        "featurization.numeric.bin_transformer": "BinTransformer",
        "featurization.numeric.prefitted_standard_scaler": "PrefittedStandardScaler",
        "featurization.text.naive_bayes": "NaiveBayes",
        "featurization.text.stats_transformer": "StatsTransformer",
        "featurization.text.string_concat_transformer": "StringConcatTransformer",
        "featurization.text.stringcast_transformer": "StringCastTransformer",
        "featurization.text.bagofwords_transformer": "BagOfWordsTransformer",
        "models.voting_ensemble": "PreFittedSoftVotingClassifier PreFittedSoftVotingRegressor",
        "models.stack_ensemble": "StackEnsembleClassifier StackEnsembleRegressor Scorer",
        "models.pipeline_with_ytransformations": "PipelineWithYTransformations",
        "models.target_type_transformer": "TargetTypeTransformer",
        "models.calibrated_model": "CalibratedModel",
        "models.sparse_scale_zero_one": "SparseScaleZeroOne",
        "models.boosting_wrappers": (
            "LightGBMClassifier LightGBMRegressor XGBoostClassifier XGBoostRegressor"
        ),
        "models.classifier_wrappers": (
            "LinearSVMWrapper NBWrapper NuSVCWrapper SGDClassifierWrapper SVCWrapper"
        ),
        "models.target_transformers": (
            "BoxCoxTransformerScipy LogTransformer PowerTransformer QuantileTransformerWrapper"
        ),
        "models.column_transformers": "DropColumnsTransformer IdentityTransformer",
        "models.ensemble_wrapper": "EnsembleWrapper",
        "models.preproc_wrapper": "PreprocWrapper",
        "models.preprocessing_wrappers": (
            "SparseNormalizer StandardScalerWrapper TruncatedSVDWrapper"
        ),
        "models.problem_info": "ProblemInfo",
    }.items()
}

_TABULAR: Final = "azureml.training.tabular"
_WRAPPERS: Final = "azureml.automl.runtime.shared.model_wrappers"
_FROM_WRAPPERS: Final = {
    f"models.{module}"
    for module in (
        "boosting_wrappers",
        "classifier_wrappers",
        "column_transformers",
        "ensemble_wrapper",
        "preproc_wrapper",
        "preprocessing_wrappers",
        "target_transformers",
    )
}

_VECTORS: Final = "word embeddings need word vectors that are downloaded from Azure"
_FORECASTING: Final = "forecasting isn't covered yet"
_WHOLE: Final = "it featurizes as a whole, so the script doesn't say what it does to which column"
_DISTRIBUTED: Final = "it trains on a cluster of machines"
_NO_NETWORK: Final = "it is a neural network of the SDK"

WHY_NONE: Final = {
    "WordEmbeddingTransformer": _VECTORS,
    "WordEmbeddingsProvider": _VECTORS,
    "DataProviders": _VECTORS,
    "PretrainedTextDNNTransformer": "BERT features need a model that is downloaded from Azure",
    "BiLSTMAttentionTransformer": "BiLSTM text features need a network the SDK trains itself",
    "TabnetClassifier": _NO_NETWORK,
    "TabnetRegressor": _NO_NETWORK,
    "CatBoostClassifier": "catboost isn't among the packages of the portable runtime",
    "CatBoostRegressor": "catboost isn't among the packages of the portable runtime",
    "NimbusMLTextTargetEncoder": "nimbusml doesn't install on current Pythons",
    "DataTransformer": _WHOLE,
    "TransformerAndMapper": _WHOLE,
    "TimeSeriesTransformer": _FORECASTING,
    "ForecastingPipelineWrapper": _FORECASTING,
    "RegressionPipeline": _FORECASTING,
    "DifferencingYTransformer": _FORECASTING,
    "YPipelineTransformer": _FORECASTING,
    "DaskLightGBMClassifier": _DISTRIBUTED,
    "DaskLightGBMRegressor": _DISTRIBUTED,
}


def is_official(module: str) -> bool:
    """Tell whether a module belongs to the packages that rewriting replaces."""
    return module.partition(".")[0] in {"azureml", "sklearn_pandas", "mlflow"}


def portable_module(module: str, name: str) -> str | None:
    """Return the runtime's module to import a name from, None when it has no stand-in.

    A name that is itself a module of ours counts, as in ``from ... import data_cleaning``.
    """
    ours = _below_automl(module)
    if ours is None:
        return None
    for known, names in STAND_INS.items():
        if name in names and _is_in(known, ours):
            return f"{AUTOML}.{known}"
        package, _, last = known.rpartition(".")
        if last == name and package == ours:
            return f"{AUTOML}.{package}"
    return None


def names_in(module: str, name: str) -> frozenset[str]:
    """Return what is in the module that ``from module import name`` gives; empty if it is none."""
    ours = _below_automl(module)
    return frozenset() if ours is None else STAND_INS.get(f"{ours}.{name}", frozenset())


def is_covered(module: str) -> bool:
    """Tell whether a module belongs to the official packages that the stand-ins replace."""
    return any(_is_in(module, front) for front in FRONTS)


def official_module(name: str) -> str | None:
    """Return the official module that a step of a model is imported from, None if unknown."""
    for known, names in STAND_INS.items():
        if name in names:
            return _WRAPPERS if known in _FROM_WRAPPERS else f"{_TABULAR}.{known}"
    return None


def _below_automl(module: str) -> str | None:
    fitting = [front for front in FRONTS if _is_in(module, front)]
    if not fitting:
        return None
    front = max(fitting, key=len)
    return f"{FRONTS[front]}{module.removeprefix(front)}".removeprefix(".")


def _is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
