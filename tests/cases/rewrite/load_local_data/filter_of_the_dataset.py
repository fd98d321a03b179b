# A filter of the dataset can't be done by a file, and must not vanish.
def get_training_dataset(dataset_id):
    from azureml.core.dataset import Dataset
    dataset = Dataset.get_by_id(workspace=ws, id=dataset_id)
    dataset = dataset.filter(dataset['age'] > 17)
    return dataset.to_pandas_dataframe()
# --- refused: line 4: get_training_dataset() should ask Azure for its dataset
