import numpy
import numpy as np
import pandas as pd
import pickle
import argparse

import logging
logger = logging.getLogger()

def split_dataset(X, y, weights, split_ratio, should_stratify):
    from sklearn.model_selection import train_test_split

    parts = train_test_split(X, y, test_size=split_ratio, random_state=42,
     stratify=y if should_stratify else None)
    return (parts[0], parts[2], None), (parts[1], parts[3], None)


def get_training_dataset():
    from azureml.core import Dataset, Workspace, Run
    
    ws = Run.get_context().experiment.workspace
    dataset = Dataset.get_by_id(workspace=ws, id='11111111-0000-4000-8000-000000000000')
    return dataset.to_pandas_dataframe()


def prepare_data(dataframe):
    from azureml.automl.runtime import data_cleaning
    
    label_column_name = 'kind'
    
    y_train = dataframe[label_column_name].values
    X_train = dataframe.drop([label_column_name], axis=1)
    sample_weights = None
    X_train, y_train, sample_weights = data_cleaning._remove_nan_rows_in_X_y(X_train, y_train, sample_weights, is_timeseries=False, target_column=label_column_name)
    return X_train, y_train, sample_weights


def get_mapper_c6ba98(column_names):
    from azureml.training.tabular.featurization.text.stringcast_transformer import StringCastTransformer
    from azureml.training.tabular.featurization.utilities import wrap_in_lst
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn_pandas.dataframe_mapper import DataFrameMapper
    from sklearn_pandas.features_generator import gen_features
    
    definition = gen_features(
        columns=column_names,
        classes=[
            {
                'class': StringCastTransformer,
            },
            {
                'class': CountVectorizer,
                'analyzer': 'word',
                'binary': True,
                'dtype': numpy.uint8,
                'tokenizer': wrap_in_lst,
            },
        ]
    )
    return DataFrameMapper(features=definition, input_df=True, sparse=True)


def get_mapper_ab1045(column_names):
    from sklearn.impute import SimpleImputer
    from sklearn_pandas.dataframe_mapper import DataFrameMapper
    from sklearn_pandas.features_generator import gen_features
    
    definition = gen_features(
        columns=column_names,
        classes=[
            {
                'class': SimpleImputer,
                'strategy': 'mean',
                'verbose': 0,
            },
        ]
    )
    return DataFrameMapper(features=definition, input_df=True, sparse=True)


def generate_data_transformation_config():
    from sklearn.pipeline import FeatureUnion
    
    column_group_1 = [['width'], ['height'], ['noise']]
    
    column_group_3 = ['colour']
    
    feature_union = FeatureUnion([
        ('mapper_ab1045', get_mapper_ab1045(column_group_1)),
        ('mapper_c6ba98', get_mapper_c6ba98(column_group_3)),
    ])
    return feature_union


def generate_preprocessor_config():
    from sklearn.preprocessing import MaxAbsScaler
    
    preproc = MaxAbsScaler(
        copy=True
    )
    return preproc


def generate_algorithm_config():
    from sklearn.ensemble import RandomForestClassifier
    
    algorithm = RandomForestClassifier(
        criterion='gini',
        min_impurity_split=None,
        n_estimators=20,
        n_jobs=1,
        random_state=0
    )
    return algorithm


def generate_pipeline_with_ytransformer(pipeline):
    from azureml.training.tabular.models.pipeline_with_ytransformations import PipelineWithYTransformations
    from sklearn.preprocessing import LabelEncoder
    
    transformer = LabelEncoder()
    return PipelineWithYTransformations(pipeline, "LabelEncoder", transformer)

def build_model_pipeline():
    from sklearn.pipeline import Pipeline
    
    pipeline = Pipeline(
        steps=[('featurization', generate_data_transformation_config()),
               ('preproc', generate_preprocessor_config()),
               ('model', generate_algorithm_config())]
    )
    return generate_pipeline_with_ytransformer(pipeline)


def train_model(X, y, sample_weights):
    model_pipeline = build_model_pipeline()
    
    model = model_pipeline.fit(X, y)
    return model


def calculate_metrics(model, X, y, sample_weights, X_test, y_test, cv_splits=None):
    from azureml.training.tabular.score.scoring import score_classification
    
    probabilities = model.predict_proba(X_test)
    return score_classification(
        y_test, probabilities, get_metrics_names(), np.unique(y), model.classes_, use_binary=True)
def get_metrics_names():
    return [
        'accuracy',
        'AUC_weighted',
        'classification_report',
    ]


def main():
    from azureml.core import Run
    run = Run.get_context()
    
    df = get_training_dataset()
    X, y, sample_weights = prepare_data(df)
    split_ratio = 0.2
    try:
        (X_train, y_train, sample_weights_train), (X_valid, y_valid, sample_weights_valid) = split_dataset(X, y, sample_weights, split_ratio, should_stratify=True)
    except Exception:
        (X_train, y_train, sample_weights_train), (X_valid, y_valid, sample_weights_valid) = split_dataset(X, y, sample_weights, split_ratio, should_stratify=False)
    model = train_model(X_train, y_train, sample_weights_train)
    
    metrics = calculate_metrics(model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)
    for metric in metrics:
        run.log(metric, metrics[metric])
    
    with open('model.pkl', 'wb') as f:
        pickle.dump(model, f)
    run.upload_file('outputs/model.pkl', 'model.pkl')


if __name__ == '__main__':
    main()
