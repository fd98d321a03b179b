# Formatted by black: double quotes, and a comment above the last line, which stays.
def get_training_dataset(dataset_id):
    """Reads the rows."""
    from azureml.core.dataset import Dataset
    from azureml.core.run import Run

    logger.info("Reading")
    # the workspace of the job
    ws = Run.get_context().experiment.workspace
    # as a frame
    return Dataset.get_by_id(
        workspace=ws,
        id=dataset_id,
    ).to_pandas_dataframe()  # all rows
# --- becomes
def get_training_dataset(dataset_id):
    """Reads the rows."""
    from codegen_fi_runtime.tables import load_table

    logger.info("Reading")
    # as a frame
    return load_table(
        dataset_id,
        label='price',
        columns=['age', 'signup'],
        dates=['signup'],
    )  # all rows
