# A loader that reads a file already.
def get_training_dataset(dataset_id):
    '''Reads the rows.'''
    from codegen_fi_runtime.tables import load_table
    logger.info("Reading")
    return load_table(
        dataset_id,
        label='price',
    )
