# A class called Dataset from elsewhere asks no workspace.
def get_training_dataset(dataset_id):
    from datasets import Dataset
    return Dataset.from_csv(dataset_id).to_pandas()
