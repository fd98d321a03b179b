# Log lines that stay on the machine.
def setup_instrumentation(automl_run_id):
    import logging
    import sys

    logger = logging.getLogger('mine')
    logger.addHandler(logging.StreamHandler(sys.stdout))
    return logger
