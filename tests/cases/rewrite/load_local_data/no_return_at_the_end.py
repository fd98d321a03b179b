# What the function returns isn't clear.
def get_training_dataset(dataset_id):
    from azureml.core import Dataset
    if dataset_id:
        return Dataset.get_by_id(workspace=ws, id=dataset_id).to_pandas_dataframe()
# --- refused: end by returning its rows
