# The alias hides which names are used; the message says what to write.
def prepare_data(dataframe):
    import azureml.training.tabular.preprocessing.data_cleaning as cleaning
    return cleaning._remove_nan_rows_in_X_y(dataframe, dataframe)
# --- refused: line 2: 'import azureml.training.tabular.preprocessing.data_cleaning as cleaning' imports
