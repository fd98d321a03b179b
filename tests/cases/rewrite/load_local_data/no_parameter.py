# The oldest scripts hold the id in the function: the file's name needs a parameter.
def get_training_dataset():
    from azureml.core import Dataset, Workspace, Run

    ws = Run.get_context().experiment.workspace
    return Dataset.get_by_id(workspace=ws, id='abc').to_pandas_dataframe()
# --- becomes
def get_training_dataset(training_data):
    from codegen_fi_runtime.tables import load_table
    return load_table(
        training_data,
        label='price',
        columns=['age', 'signup'],
        dates=['signup'],
    )
