# A signature over several lines is the user's: where a parameter goes isn't clear.
def get_training_dataset(
):
    from azureml.core import Dataset
    return Dataset.get_by_id(ws, 'abc').to_pandas_dataframe()
# --- refused: line 1: get_training_dataset() needs a parameter for the file to read
