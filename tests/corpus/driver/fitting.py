"""Fit the SDK's own model classes, as one iteration of AutoML does."""

import copy
import types


def problem_info(n_rows, n_cols, task, sparse, ts_params=None):
    from azureml.automl.runtime.shared.problem_info import ProblemInfo

    info = ProblemInfo(
        dataset_samples=n_rows, dataset_features=n_cols, task=task, is_sparse=sparse, num_threads=1
    )
    info.timeseries_param_dict = ts_params
    info.gpu_training_param_dict = {"processing_unit_type": "cpu"}
    return info


def instantiate(steps, info):
    from azureml.automl.runtime.shared.pipeline_spec import PipelineSpec

    spec = PipelineSpec.from_dict({"pipeline_id": "corpus", "objects": copy.deepcopy(steps)})
    return spec.instantiate_pipeline_spec(info, random_state=0 if info.task else None)


def fit_model(spec, X, y, task, info, primary_metric):
    """Fit one pipeline, or an ensemble of pipelines, on featurized data."""
    import numpy as np
    from sklearn.pipeline import Pipeline
    from azureml.automl.core.shared import constants
    from azureml.automl.runtime import stack_ensemble_base
    from azureml.automl.runtime.shared import model_wrappers

    kind_members = spec.get("ensemble")
    if not kind_members:
        pipeline = instantiate(spec["steps"], info)
        pipeline.fit(X, y)
        return pipeline
    kind, members = kind_members
    fitted = []
    for i, steps in enumerate(members):
        member = instantiate(steps, info)
        member.fit(X, y)
        fitted.append((str(i), member))
    if kind == "voting":
        weights = [round(1.0 / len(fitted), 4)] * len(fitted)
        weights[0] = round(1 - sum(weights[1:]), 4)
        if task == constants.Tasks.CLASSIFICATION:
            model = model_wrappers.PreFittedSoftVotingClassifier(
                estimators=fitted,
                weights=weights,
                flatten_transform=False,
                classification_labels=np.unique(y),
            )
            return Pipeline([("prefittedsoftvotingclassifier", model)])
        model = model_wrappers.PreFittedSoftVotingRegressor(estimators=fitted, weights=weights)
        return Pipeline([("prefittedsoftvotingregressor", model)])

    # The SDK's own choice of the meta learner, without the rest of an iteration around it.
    chooser = types.SimpleNamespace(
        _meta_learner_type=spec.get("meta"),
        _meta_learner_kwargs=None,
        _automl_settings=types.SimpleNamespace(
            task_type=task,
            is_timeseries=spec["task"] == "forecasting",
            primary_metric=primary_metric,
        ),
    )
    base = stack_ensemble_base.StackEnsembleBase
    chooser._meta_learner_type, chooser._meta_learner_kwargs = base._determine_meta_learner_type(
        chooser, [y, y]
    )
    meta, _ = base._create_meta_learner(chooser)
    stack_cls = (
        model_wrappers.StackEnsembleClassifier
        if task == constants.Tasks.CLASSIFICATION
        else model_wrappers.StackEnsembleRegressor
    )
    stack = stack_cls(base_learners=fitted, meta_learner=meta)
    parts = [stack._get_base_learner_predictions(m, X) for _, m in fitted]
    parts = [p[:, None] if getattr(p, "ndim", 2) == 1 else p for p in parts]
    meta.fit(stack._horizontal_concat(parts), y)
    if task == constants.Tasks.CLASSIFICATION:
        stack.classes_ = np.unique(y)
    name = (
        "stackensembleclassifier"
        if task == constants.Tasks.CLASSIFICATION
        else "stackensembleregressor"
    )
    return Pipeline([(name, stack)])
