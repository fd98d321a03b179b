# A comment that names the package sends nothing.
def setup_instrumentation():
    import logging

    # azureml.telemetry was taken out by hand: get_telemetry_log_handler(...)
    return logging.getLogger('training')
