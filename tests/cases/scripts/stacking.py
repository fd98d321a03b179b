import argparse

import numpy as np
import pandas as pd

from azureml.training.tabular._diagnostics import logging_utilities


def setup_instrumentation(automl_run_id):
    import logging

    from azureml.core import Run

    return logging.LoggerAdapter(logging.getLogger("training"), extra={"run": Run.get_context().id})


automl_run_id = 'AutoML_stack_0'
logger = setup_instrumentation(automl_run_id)


def get_training_dataset(dataset_id):
    from azureml.core.dataset import Dataset
    from azureml.core.run import Run

    ws = Run.get_context().experiment.workspace
    return Dataset.get_by_id(workspace=ws, id=dataset_id).to_pandas_dataframe()


def prepare_data(dataframe):
    from azureml.training.tabular.preprocessing import data_cleaning

    label_column_name = 'days'

    y = dataframe[label_column_name].values
    X = dataframe.drop([label_column_name], axis=1)
    sample_weights = None
    split_ratio = 0.1
    (X, y, sample_weights), _ = split_dataset(X, y, sample_weights, split_ratio, should_stratify=False)
    return X, y, sample_weights


def generate_preprocessor_config_0():
    from sklearn.preprocessing import RobustScaler

    preproc = RobustScaler(quantile_range=[25, 75])

    return preproc


def generate_algorithm_config_0():
    from xgboost.sklearn import XGBRegressor

    algorithm = XGBRegressor(gpu_id=-1, n_estimators=5, predictor='auto')

    return algorithm


def generate_algorithm_config_1():
    from sklearn.neighbors import KNeighborsRegressor

    return KNeighborsRegressor(n_neighbors=3)


def generate_algorithm_config_meta():
    from sklearn.linear_model import ElasticNetCV

    algorithm = ElasticNetCV(alphas=None, n_alphas=100, normalize=False)

    return algorithm


def generate_algorithm_config():
    from azureml.training.tabular.models.stack_ensemble import StackEnsembleRegressor
    from sklearn.pipeline import Pipeline

    meta_learner = generate_algorithm_config_meta()
    pipeline_0 = Pipeline(steps=[('preproc', generate_preprocessor_config_0()), ('model', generate_algorithm_config_0())])
    pipeline_1 = Pipeline(steps=[('model', generate_algorithm_config_1())])
    algorithm = StackEnsembleRegressor(
        base_learners=[
            ('model_0', pipeline_0),
            ('model_1', pipeline_1),
        ],
        meta_learner=meta_learner,
        training_cv_folds=None
    )

    return algorithm


def generate_pipeline_with_ytransformer(pipeline):
    from azureml.training.tabular.models.pipeline_with_ytransformations import PipelineWithYTransformations
    from azureml.training.tabular.models.target_type_transformer import TargetTypeTransformer

    transformer = TargetTypeTransformer(target_type='int')
    transformer_name = "TargetTypeTransformer"
    return PipelineWithYTransformations(pipeline, transformer_name, transformer)


def build_model_pipeline():
    from sklearn.pipeline import Pipeline

    pipeline = Pipeline(steps=[('stackensemble', generate_algorithm_config())])

    return generate_pipeline_with_ytransformer(pipeline)


def train_model(X, y, sample_weights=None, transformer=None):
    model = build_model_pipeline().fit(X, y)
    return model


def calculate_metrics(model, X, y, sample_weights, X_test, y_test, cv_splits=None):
    from azureml.training.tabular.score.scoring import score_regression

    return score_regression(y_test, model.predict(X_test), get_metrics_names(), np.max(y), np.min(y), np.std(y))


def get_metrics_names():
    metrics_names = ['r2_score']
    return metrics_names


def main(training_dataset_id=None):
    from azureml.core.run import Run
    from azureml.training.tabular.score._cv_splits import _CVSplits
    from azureml.training.tabular.score.scoring import aggregate_scores

    run = Run.get_context()

    X, y, sample_weights = prepare_data(get_training_dataset(training_dataset_id))
    cv_splits = _CVSplits(X, y, frac_valid=0.2, CV=4, n_step=None, is_time_series=False, task='regression')
    scores = []
    for X_train, y_train, sample_weights_train, X_valid, y_valid, sample_weights_valid in cv_splits.apply_CV_splits(X, y, sample_weights):
        partially_fitted_model = train_model(X_train, y_train, sample_weights_train)
        scores.append(calculate_metrics(partially_fitted_model, X, y, sample_weights, X_test=X_valid, y_test=y_valid))
        metrics = calculate_metrics(partially_fitted_model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)
    model = train_model(X_train, y_train, sample_weights_train)
    metrics = aggregate_scores(scores)
    run.log('r2_score', metrics['r2_score'])


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--training_dataset_id', type=str, default='abc',     help='Rows')
    args = parser.parse_args()
    main(args.training_dataset_id)