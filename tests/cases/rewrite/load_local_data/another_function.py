# Only the two loaders are looked at.
def get_test_dataset(dataset_id):
    from azureml.core import Dataset
    return Dataset.get_by_id(workspace=ws, id=dataset_id).to_pandas_dataframe()
