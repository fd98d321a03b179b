# What an import binds is the alias, not the name it has in its module.
def setup_instrumentation(automl_run_id):
    from azureml.telemetry import get_telemetry_log_handler as remote
    import logging
    logger = logging.getLogger("training")
    logger.addHandler(remote())
    return logger
# --- becomes
def setup_instrumentation(automl_run_id):
    import logging
    logger = logging.getLogger("training")
    return logger
