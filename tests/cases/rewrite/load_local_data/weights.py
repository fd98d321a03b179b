# The weight column is no feature, but has to be in the file.
# --- with {'weights': 'sample weight'}
def get_training_dataset(dataset_id):
    from azureml.core import Dataset
    return Dataset.get_by_id(workspace=ws, id=dataset_id).to_pandas_dataframe()
# --- becomes
def get_training_dataset(dataset_id):
    from codegen_fi_runtime.tables import load_table
    return load_table(
        dataset_id,
        label='price',
        weights='sample weight',
        columns=['age', 'signup'],
        dates=['signup'],
    )
