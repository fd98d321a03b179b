# A handler that writes to the terminal sends nothing anywhere.
def setup_instrumentation(automl_run_id):
    import logging
    import sys

    logger = logging.getLogger("training")
    handler = logging.StreamHandler(sys.stdout)
    logger.addHandler(handler)
    return logger
