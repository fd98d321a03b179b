# A class without a stand-in that nothing uses is dropped.
def get_mapper_0(column_names):
    from azureml.training.tabular.featurization.text.pretrained_text_dnn_transformer import PretrainedTextDNNTransformer
    from sklearn_pandas.dataframe_mapper import DataFrameMapper
    return DataFrameMapper(features=column_names)
# --- becomes
def get_mapper_0(column_names):
    from codegen_fi_runtime.automl.sklearn_pandas.dataframe_mapper import DataFrameMapper
    return DataFrameMapper(features=column_names)
