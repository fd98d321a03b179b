# A block that loses all its statements still has to be a block.
def setup_instrumentation(automl_run_id):
    try:
        from azureml.telemetry import get_telemetry_log_handler
        handler = get_telemetry_log_handler()
    except Exception:
        pass
    return None
# --- becomes
def setup_instrumentation(automl_run_id):
    try:
        pass
    except Exception:
        pass
    return None
