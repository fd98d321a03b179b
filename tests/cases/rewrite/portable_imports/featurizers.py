# The tail of the module path stays, and so do names and order.
def get_mapper_0(column_names):
    from azureml.training.tabular.featurization.categorical.cat_imputer import CatImputer
    from azureml.training.tabular.featurization.utilities import wrap_in_list
    from sklearn.impute import SimpleImputer
    from sklearn_pandas.dataframe_mapper import DataFrameMapper
    from sklearn_pandas.features_generator import gen_features

    return DataFrameMapper(features=gen_features(columns=column_names, classes=[CatImputer]))
# --- becomes
def get_mapper_0(column_names):
    from codegen_fi_runtime.automl.featurization.categorical.cat_imputer import CatImputer
    from codegen_fi_runtime.automl.featurization.utilities import wrap_in_list
    from sklearn.impute import SimpleImputer
    from codegen_fi_runtime.automl.sklearn_pandas.dataframe_mapper import DataFrameMapper
    from codegen_fi_runtime.automl.sklearn_pandas.features_generator import gen_features

    return DataFrameMapper(features=gen_features(columns=column_names, classes=[CatImputer]))
