"""Runs under an official interpreter: importances of the official models, by our own code."""

import json
import os
import sys
import warnings
from importlib import import_module
from pathlib import Path

warnings.simplefilter("ignore")

HOMES = {
    "SparseScaleZeroOne": "sparse_scale_zero_one",
    "CalibratedModel": "calibrated_model",
    "PipelineWithYTransformations": "pipeline_with_ytransformations",
    "TargetTypeTransformer": "target_type_transformer",
    "PreFittedSoftVotingClassifier": "voting_ensemble",
    "PreFittedSoftVotingRegressor": "voting_ensemble",
    "StackEnsembleClassifier": "stack_ensemble",
    "StackEnsembleRegressor": "stack_ensemble",
}


FEATURIZERS = {
    "wrap_in_list": "azureml.training.tabular.featurization.utilities",
    "StringCastTransformer": ("azureml.training.tabular.featurization.text.stringcast_transformer"),
    "ImputationMarker": "azureml.training.tabular.featurization.generic.imputation_marker",
    "DataFrameMapper": "sklearn_pandas.dataframe_mapper",
    "gen_features": "sklearn_pandas.features_generator",
}


def use(name):
    if name in FEATURIZERS:
        return getattr(import_module(FEATURIZERS[name]), name)
    if name in HOMES:
        return getattr(import_module(f"azureml.training.tabular.models.{HOMES[name]}"), name)
    return getattr(import_module("azureml.automl.runtime.shared.model_wrappers"), name)


def main():
    # The libraries write to the same stream as the answers.
    out = os.dup(1)
    os.dup2(2, 1)
    question = json.load(sys.stdin)
    sys.path[:0] = [question["runtime"], str(Path(__file__).parents[2] / "support")]
    explain = import_module("codegen_fi_runtime.importance").explain
    models = import_module("audited_models")
    sys.modules["shap"] = None
    answers = {name: models.rows_of(name, use, explain) for name in models.MODELS}
    answers["featurizer"] = models.raw_rows_of_a_featurizer(use, explain)
    answers["drops"] = models.drops_of_probabilities(use, explain)
    answers["scores"] = models.scores_of(import_module("codegen_fi_runtime.importance.scoring"))
    os.write(out, ("@@ANSWERS@@" + json.dumps(answers)).encode())


main()
