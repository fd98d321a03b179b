# A user's try block around the import is part of the asking, too.
def get_training_dataset(dataset_id):
    try:
        from azureml.core import Dataset
    except ImportError:
        Dataset = None
    return Dataset.get_by_id(workspace=ws, id=dataset_id).to_pandas_dataframe()
# --- becomes
def get_training_dataset(dataset_id):
    from codegen_fi_runtime.tables import load_table
    return load_table(
        dataset_id,
        label='price',
        columns=['age', 'signup'],
        dates=['signup'],
    )
