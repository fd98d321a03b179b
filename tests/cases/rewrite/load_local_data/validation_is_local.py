# A validation loader that the user made local already.
def get_validation_dataset(dataset_uri):
    from pandas import read_feather

    return read_feather(dataset_uri)
