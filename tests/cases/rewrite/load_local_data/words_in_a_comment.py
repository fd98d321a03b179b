# The official call only in a comment.
def get_training_dataset(dataset_id):
    import pandas as pd

    # Dataset.get_by_id(workspace=ws, id=dataset_id) gave 600 rows
    return pd.read_csv('rows.csv')
