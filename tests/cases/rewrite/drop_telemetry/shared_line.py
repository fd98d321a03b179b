# Taking the import out would take the other statement of the line with it.
def setup_instrumentation(automl_run_id):
    from azureml.telemetry import get_telemetry_log_handler; level = 20
    return level
# --- refused: line 2: several statements stand on this line
