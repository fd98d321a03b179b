# So have these functions.
def setup_instrumentation(automl_run_id):
    from azureml.telemetry import get_telemetry_log_handler
    return get_telemetry_log_handler()


def get_training_dataset(dataset_id):
    from azureml.core.dataset import Dataset
    return Dataset
