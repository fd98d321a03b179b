# What the function returns must not vanish.
def setup_instrumentation():
    from azureml.telemetry import get_telemetry_log_handler
    return get_telemetry_log_handler()
# --- refused: line 3: this line uses what only works inside Azure ML
