# The form for an MLTable: the parameter is a uri.
def get_training_dataset(dataset_uri):
    from azureml.core.run import Run
    from azureml.data.abstract_dataset import AbstractDataset

    logger.info("Reading")
    ws = Run.get_context().experiment.workspace
    dataset = AbstractDataset._load(dataset_uri, ws)
    return dataset.to_pandas_dataframe()
# --- becomes
def get_training_dataset(dataset_uri):
    from codegen_fi_runtime.tables import load_table

    logger.info("Reading")
    return load_table(
        dataset_uri,
        label='price',
        columns=['age', 'signup'],
        dates=['signup'],
    )
