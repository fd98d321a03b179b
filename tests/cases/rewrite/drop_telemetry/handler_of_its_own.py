# The form of SDK 1.62: import, handler, two calls that live on it.
def setup_instrumentation(automl_run_id):
    import logging
    import sys

    from azureml.telemetry import INSTRUMENTATION_KEY, get_telemetry_log_handler
    from azureml.telemetry._telemetry_formatter import ExceptionFormatter

    logger = logging.getLogger("training")

    try:
        logger.setLevel(logging.INFO)

        # Remote lines
        handler = get_telemetry_log_handler(
            instrumentation_key=INSTRUMENTATION_KEY, component_name="training"
        )
        handler.setFormatter(ExceptionFormatter())
        logger.addHandler(handler)
        # Local lines
        logger.addHandler(logging.StreamHandler(sys.stdout))
    except Exception:
        pass
    return logger
# --- becomes
def setup_instrumentation(automl_run_id):
    import logging
    import sys

    logger = logging.getLogger("training")

    try:
        logger.setLevel(logging.INFO)
        # Local lines
        logger.addHandler(logging.StreamHandler(sys.stdout))
    except Exception:
        pass
    return logger
