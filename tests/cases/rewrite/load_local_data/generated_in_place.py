# Rows that the script makes itself.
def get_training_dataset():
    from sklearn.datasets import load_iris

    return load_iris(as_frame=True).frame
