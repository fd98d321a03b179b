# A loop over a list that goes would fail.
def setup_instrumentation():
    from azureml.telemetry import get_telemetry_log_handler
    handlers = [get_telemetry_log_handler()]
    for handler in handlers:
        logger.addHandler(handler)
    return logger
# --- refused: line 4: handlers comes from a line that only works inside Azure ML
