# Neither does a docstring.
def setup_instrumentation(automl_run_id):
    '''Was: from azureml.telemetry import INSTRUMENTATION_KEY, get_telemetry_log_handler'''
    return make_logger(automl_run_id)
