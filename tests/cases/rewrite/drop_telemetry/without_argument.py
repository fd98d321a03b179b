# An older form, without the id of the run.
def setup_instrumentation():
    import logging
    from azureml.core import Run
    logger = logging.getLogger("training")
    return logging.LoggerAdapter(logger, {"parent": Run.get_context().parent.id})
