# A handler for a file stays, whatever it is called.
def setup_instrumentation(automl_run_id):
    import logging
    from logging.handlers import RotatingFileHandler

    telemetry_handler = RotatingFileHandler('training.log')
    logger = logging.getLogger('training')
    logger.addHandler(telemetry_handler)
    return logger
