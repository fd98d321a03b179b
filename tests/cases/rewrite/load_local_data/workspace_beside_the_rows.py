# Beside the rows the line needs the workspace, which isn't there any more.
def get_training_dataset(dataset_id):
    from azureml.core import Dataset, Workspace
    ws = Workspace.from_config()
    dataset = Dataset.get_by_id(ws, dataset_id)
    return dataset.to_pandas_dataframe().assign(origin=ws.name)
# --- refused: line 5: get_training_dataset() should ask Azure
