# A package that only starts alike is the user's.
def main():
    from azureml_tools import CatImputer
    from sklearn_pandas_extra.dataframe_mapper import DataFrameMapper
    return CatImputer, DataFrameMapper
