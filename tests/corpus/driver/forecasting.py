"""A fitted forecaster, its series featurized by the SDK itself."""

import inspect
import json

from driver.fitting import fit_model, problem_info


def forecasting_settings(spec, settings):
    from azureml.automl.core.automl_base_settings import AutoMLBaseSettings
    from azureml.automl.core.forecasting_parameters import ForecastingParameters

    options = dict(spec["ts"])
    params = ForecastingParameters(cv_step_size=settings.get("cv_step_size"), **options)
    return AutoMLBaseSettings(
        task_type="regression",
        is_timeseries=True,
        label_column_name=settings["label_column_name"],
        primary_metric=settings["primary_metric"],
        n_cross_validations=settings.get("n_cross_validations"),
        validation_size=settings.get("validation_size") or 0.0,
        forecasting_parameters=params,
    )


def build_forecasting(spec, frame, label, settings):
    import numpy as np
    from azureml.automl.core.featurization import FeaturizationConfig
    from azureml.automl.core.constants import PredictionTransformTypes
    from azureml.automl.core.shared import constants, utilities
    from azureml.automl.runtime import _featurization_execution_timeseries as execution
    from azureml.automl.runtime import data_transformation
    from azureml.automl.runtime.shared import model_wrappers

    ts_settings = forecasting_settings(spec, settings)
    ts_params = utilities._get_ts_params_dict(ts_settings)
    X = frame.drop(columns=[label])
    y = frame[label].values
    y_transformer = None
    if spec.get("y_integer"):
        y_transformer, y, _ = call(
            data_transformation._y_transform,
            y.round().astype(int),
            None,
            "regression",
            PredictionTransformTypes.INTEGER,
            is_forecasting=True,
        )
    config = FeaturizationConfig()
    if spec.get("drop_columns"):
        config.drop_columns = spec["drop_columns"]
    transformer, transformed = call(
        execution._get_ts_transformer_x,
        X.copy(),
        y,
        ts_params,
        config,
        for_cv=False,
        y_transformer=y_transformer,
    )
    params = transformer.parameters
    for step_name, step in transformer.pipeline.steps:
        if step_name == constants.TimeSeriesInternal.LAG_LEAD_OPERATOR:
            params[constants.TimeSeriesInternal.LAGGING_COLUMNS] = step._lag_columns
        if step_name == constants.TimeSeriesInternal.ROLLING_WINDOW_OPERATOR:
            params[constants.TimeSeriesInternal.ROLLING_WINDOW_COLUMNS] = (
                step._rolling_window_columns
            )
    facts = {
        "engineered_feature_names": list(transformer.get_engineered_feature_names() or []),
        "featurizer_steps": [n for n, _ in transformer.pipeline.steps],
    }
    if spec["steps"] == "featurizer":
        return transformer, facts
    if spec["steps"] == "tcn":
        return build_tcn(spec, X, y, transformer, settings, ts_params), facts
    y_train = transformed.pop(transformer.target_column_name).values
    facts["featurized_shape"] = list(transformed.shape)
    info = problem_info(transformed.shape[0], transformed.shape[1], "regression", False, params)
    pipeline = fit_model(spec, transformed, y_train, "regression", info, settings["primary_metric"])
    pipeline.steps.insert(0, (constants.Transformers.TIMESERIES_TRANSFORMER, transformer))
    if y_transformer is not None:
        pipeline = model_wrappers.PipelineWithYTransformations(
            pipeline, "TargetTypeTransformer", y_transformer
        )
    return model_wrappers.ForecastingPipelineWrapper(pipeline, stddev=[float(np.std(y))]), facts


def call(function, *args, **later):
    """Call with those of the later SDKs' arguments that this one knows."""
    known = inspect.signature(function).parameters
    return function(*args, **{name: value for name, value in later.items() if name in known})


def build_tcn(spec, X, y, transformer, settings, ts_params):
    """A TCN forecaster as its wrapper holds it; the generator reads params and the transformer only."""
    from azureml.contrib.automl.dnn.forecasting.wrapper.forecast_tcn_wrapper import (
        ForecastTCNWrapper,
    )
    from azureml.contrib.automl.dnn.forecasting.wrapper.forecast_wrapper import DNNParams

    model = ForecastTCNWrapper()
    automl_settings = {k: v for k, v in transformer.parameters.items() if _plain(v)}
    automl_settings["n_cross_validations"] = settings.get("n_cross_validations")
    automl_settings["cv_step_size"] = settings.get("cv_step_size")
    automl_settings["label_column_name"] = settings["label_column_name"]
    automl_settings["primary_metric"] = settings["primary_metric"]
    params = dict(
        learning_rate=0.001,
        batch_size=32,
        num_epochs=2,
        num_cells=2,
        multilevel="CELL",
        depth=1,
        num_channels=16,
        dropout_rate=0.25,
        early_stopping_patience=5,
        early_stopping_min_improvement=0.001,
        min_grain_for_embedding=50,
        target_dimension=1,
        horizon=spec["ts"]["forecast_horizon"],
        primary_metric=settings["primary_metric"],
        automl_settings=automl_settings,
    )
    required = ForecastTCNWrapper.required_params
    for key in required:
        params.setdefault(key, None)
    model.params = DNNParams(required=required, params=params)
    model._pre_transform = transformer
    return model


def _plain(value):
    try:
        json.dumps(value)
        return True
    except TypeError:
        return False
