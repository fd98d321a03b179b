# A file of another format, with the id as a mere name.
def get_training_dataset(dataset_id):
    import pandas as pd

    logger.info('reading ' + dataset_id)
    return pd.read_feather('rows.feather')
