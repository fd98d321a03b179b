# A module that merely sounds like the telemetry package is the user's.
def setup_instrumentation(automl_run_id):
    from telemetry import get_telemetry_log_handler
    return get_telemetry_log_handler()
