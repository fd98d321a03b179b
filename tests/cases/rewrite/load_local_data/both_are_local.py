# Both tables come from files already.
def get_training_dataset(dataset_id):
    import pandas as pd

    return pd.read_parquet('train.parquet')


def get_validation_dataset(dataset_id):
    import pandas as pd

    return pd.read_parquet('valid.parquet')
