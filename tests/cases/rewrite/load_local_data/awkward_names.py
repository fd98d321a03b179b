# Names are untrusted text: they go into the script as literals only.
# --- with {'label': "it's \"dear\"", 'columns': ['größe', 'a"b\'c', '年齢', 'x\ny', "'); import os; ('"]}
def get_training_dataset(dataset_id):
    from azureml.core import Dataset
    return Dataset.get_by_id(workspace=ws, id=dataset_id).to_pandas_dataframe()
# --- becomes
def get_training_dataset(dataset_id):
    from codegen_fi_runtime.tables import load_table
    return load_table(
        dataset_id,
        label='it\'s "dear"',
        columns=['größe', 'a"b\'c', '年齢', 'x\ny', "'); import os; ('", 'signup'],
        dates=['signup'],
    )
