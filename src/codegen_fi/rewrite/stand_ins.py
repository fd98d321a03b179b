"""Where each official module's names are found in the portable runtime.

The runtime keeps the tail of each official path, so only the front of an import changes.  A name
that isn't in this table has no stand-in, and a script that uses it is refused by name.
"""

from __future__ import annotations

from typing import Final

RUNTIME: Final = "codegen_fi_runtime"
LOCAL_RUN: Final = f"{RUNTIME}.local_run"
TABLES: Final = f"{RUNTIME}.tables"

PREFIXES: Final = {
    "azureml.training.tabular": f"{RUNTIME}.automl",
    "sklearn_pandas": f"{RUNTIME}.automl.sklearn_pandas",
}

STAND_INS: Final[dict[str, frozenset[str]]] = {
    module: frozenset(names.split())
    for module, names in {
        "sklearn_pandas.dataframe_mapper": "DataFrameMapper",
        "sklearn_pandas.features_generator": "gen_features",
        "azureml.training.tabular._diagnostics": "logging_utilities",
        "azureml.training.tabular.preprocessing": "data_cleaning",
        "azureml.training.tabular.preprocessing._dataset_binning": (
            "make_dataset_bins get_dataset_bins"
        ),
        "azureml.training.tabular.score.scoring": (
            "score_classification score_regression aggregate_scores"
        ),
        "azureml.training.tabular.score._cv_splits": "_CVSplits",
        "azureml.training.tabular.featurization.utilities": "wrap_in_list",
        "azureml.training.tabular.featurization.categorical.cat_imputer": "CatImputer",
        "azureml.training.tabular.featurization.categorical.labelencoder_transformer": (
            "LabelEncoderTransformer"
        ),
        "azureml.training.tabular.featurization.categorical.hashonehotvectorizer_transformer": (
            "HashOneHotVectorizerTransformer"
        ),
        "azureml.training.tabular.featurization.datetime.datetime_transformer": (
            "DateTimeFeaturesTransformer"
        ),
        "azureml.training.tabular.featurization.generic.imputation_marker": "ImputationMarker",
        "azureml.training.tabular.featurization.generic.crossvalidation_target_encoder": (
            "CrossValidationTargetEncoder"
        ),
        "azureml.training.tabular.featurization.generic.countbased_target_encoder": (
            "CountBasedTargetEncoder"
        ),
        "azureml.training.tabular.featurization.generic.woe_target_encoder": (
            "WoEBasedTargetEncoder"
        ),
        "azureml.training.tabular.featurization.text.stringcast_transformer": (
            "StringCastTransformer"
        ),
        "azureml.training.tabular.featurization.text.bagofwords_transformer": (
            "BagOfWordsTransformer"
        ),
        "azureml.training.tabular.models.voting_ensemble": (
            "PreFittedSoftVotingClassifier PreFittedSoftVotingRegressor"
        ),
        "azureml.training.tabular.models.stack_ensemble": (
            "StackEnsembleClassifier StackEnsembleRegressor Scorer"
        ),
        "azureml.training.tabular.models.pipeline_with_ytransformations": (
            "PipelineWithYTransformations"
        ),
        "azureml.training.tabular.models.target_type_transformer": "TargetTypeTransformer",
        "azureml.training.tabular.models.calibrated_model": "CalibratedModel",
        "azureml.training.tabular.models.sparse_scale_zero_one": "SparseScaleZeroOne",
    }.items()
}

WHY_NONE: Final = {
    "WordEmbeddingTransformer": "word embeddings need word vectors that are downloaded from Azure",
    "WordEmbeddingsProvider": "word embeddings need word vectors that are downloaded from Azure",
    "PretrainedTextDNNTransformer": "BERT features need a model that is downloaded from Azure",
    "BiLSTMAttentionTransformer": "BiLSTM text features need a network the SDK trains itself",
    "TimeSeriesTransformer": "forecasting isn't covered yet",
    "ForecastingPipelineWrapper": "forecasting isn't covered yet",
}


def is_official(module: str) -> bool:
    """Tell whether a module belongs to the packages that rewriting replaces."""
    return module.partition(".")[0] in {"azureml", "sklearn_pandas", "mlflow"}


def portable_module(module: str) -> str | None:
    """Return the runtime's module for an official one, None when its front isn't known."""
    for official, ours in PREFIXES.items():
        if module == official or module.startswith(official + "."):
            return ours + module.removeprefix(official)
    return None
