# A user's own reading stays; only the import that nothing needs goes.
def get_training_dataset(path):
    from azureml.core.dataset import Dataset
    return pd.read_csv(path).dropna()
# --- becomes
def get_training_dataset(path):
    return pd.read_csv(path).dropna()
