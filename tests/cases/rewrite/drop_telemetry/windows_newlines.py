# The lines that stay keep their line endings.
# --- with {'newline': 'crlf'}
def setup_instrumentation(automl_run_id):
    import logging
    from azureml.telemetry import get_telemetry_log_handler
    logging.root.addHandler(get_telemetry_log_handler())
    return logging.root
# --- becomes
def setup_instrumentation(automl_run_id):
    import logging
    return logging.root
