# A loader without Azure, with a cache of the user's.
def get_training_dataset(dataset_id):
    path = CACHE / f'{dataset_id}.parquet'
    if not path.exists():
        download(dataset_id, path)
    return pd.read_parquet(path)
