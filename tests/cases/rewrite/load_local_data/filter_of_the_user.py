# What a user does with the rows stays.
def get_training_dataset(dataset_id):
    from azureml.core.dataset import Dataset
    from azureml.core.run import Run

    ws = Run.get_context().experiment.workspace
    dataset = Dataset.get_by_id(workspace=ws, id=dataset_id)
    rows = dataset.to_pandas_dataframe()
    rows = rows[rows['age'] > 17]  # adults
    return rows.drop(columns=['id'])
# --- becomes
def get_training_dataset(dataset_id):
    from codegen_fi_runtime.tables import load_table
    rows = load_table(
        dataset_id,
        label='price',
        columns=['age', 'signup'],
        dates=['signup'],
    )
    rows = rows[rows['age'] > 17]  # adults
    return rows.drop(columns=['id'])
