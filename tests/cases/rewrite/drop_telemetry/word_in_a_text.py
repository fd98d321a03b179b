# The word alone sends nothing.
def setup_instrumentation(automl_run_id):
    from logging import getLogger

    telemetry_handler = 'azureml.telemetry'
    return getLogger(telemetry_handler)
