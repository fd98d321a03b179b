# The loader's names go with the loader's lines.
from azureml.core import Dataset, Run, Workspace


def get_training_dataset(dataset_id):
    ws = Workspace.from_config()
    return Dataset.get_by_id(ws, dataset_id).to_pandas_dataframe()


def main():
    run = Run.get_context()
# --- becomes
from codegen_fi_runtime.local_run import Run


def get_training_dataset(dataset_id):
    ws = Workspace.from_config()
    return Dataset.get_by_id(ws, dataset_id).to_pandas_dataframe()


def main():
    run = Run.get_context()
