# Rows from a file of the user's beside a question to the workspace.
def get_training_dataset(path):
    from azureml.core import Workspace
    ws = Workspace.from_config()
    print(ws.name)
    return pd.read_csv(path)
# --- refused: line 4: get_training_dataset() should ask Azure
