# From the line on that gets the rows the name stands for them.
def get_training_dataset(dataset_id):
    from azureml.core import Dataset
    dataset = Dataset.get_by_id(ws, dataset_id)
    dataset = dataset.to_pandas_dataframe()
    dataset = dataset.filter(items=['age', 'price'])
    return dataset
# --- becomes
def get_training_dataset(dataset_id):
    from codegen_fi_runtime.tables import load_table
    dataset = load_table(
        dataset_id,
        label='price',
        columns=['age', 'signup'],
        dates=['signup'],
    )
    dataset = dataset.filter(items=['age', 'price'])
    return dataset
