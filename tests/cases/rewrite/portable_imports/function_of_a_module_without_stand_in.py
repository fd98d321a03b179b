# The module has a stand-in, this function of it has none.
def prepare_data(dataframe):
    from azureml.training.tabular.preprocessing import data_cleaning
    return data_cleaning.drop_nan_rows(dataframe)
# --- refused: line 3: drop_nan_rows (from azureml.training.tabular.preprocessing.data_cleaning) has no
