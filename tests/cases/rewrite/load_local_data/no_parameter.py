# The oldest scripts hold the id in the function: there is no argument to put a file's name in.
def get_training_dataset():
    from azureml.core import Dataset
    return Dataset.get_by_id(workspace=ws, id='abc').to_pandas_dataframe()
# --- refused: get_training_dataset() should take the dataset's id or uri
