# The form for a registered dataset.
def get_training_dataset(dataset_id):
    '''
    Reads the rows.
    '''

    from azureml.core.dataset import Dataset
    from azureml.core.run import Run

    logger.info("Reading")
    ws = Run.get_context().experiment.workspace
    dataset = Dataset.get_by_id(workspace=ws, id=dataset_id)
    return dataset.to_pandas_dataframe()
# --- becomes
def get_training_dataset(dataset_id):
    '''
    Reads the rows.
    '''

    from codegen_fi_runtime.tables import load_table

    logger.info("Reading")
    return load_table(
        dataset_id,
        label='price',
        columns=['age', 'signup'],
        dates=['signup'],
    )
