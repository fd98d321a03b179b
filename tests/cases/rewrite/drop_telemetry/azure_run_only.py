# Ids of the run are another rule's; without a handler nothing is sent.
def setup_instrumentation(automl_run_id):
    import logging

    from azureml.core import Run

    logger = logging.getLogger('training')
    run = Run.get_context()
    return logging.LoggerAdapter(logger, extra={'properties': {'run': run.id}})
