# Without a featurizer the script names no columns: whatever is in the file is used.
# --- with {'featurized': False}
def get_training_dataset(dataset_id):
    from azureml.core import Dataset
    return Dataset.get_by_id(workspace=ws, id=dataset_id).to_pandas_dataframe()
# --- becomes
def get_training_dataset(dataset_id):
    from codegen_fi_runtime.tables import load_table
    return load_table(
        dataset_id,
        label='price',
    )
