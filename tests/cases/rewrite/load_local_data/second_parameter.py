# The parameter that names the dataset need not be the first.
def get_training_dataset(rows, dataset_id):
    from azureml.core.dataset import Dataset
    dataset = Dataset.get_by_id(workspace=ws, id=dataset_id)
    return dataset.to_pandas_dataframe().head(rows)
# --- becomes
def get_training_dataset(rows, dataset_id):
    from codegen_fi_runtime.tables import load_table
    return load_table(
        dataset_id,
        label='price',
        columns=['age', 'signup'],
        dates=['signup'],
    ).head(rows)
