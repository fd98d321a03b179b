# What this tool leaves behind has nothing to drop.
def setup_instrumentation(automl_run_id):
    import logging
    from codegen_fi_runtime.local_run import Run
    return logging.LoggerAdapter(logging.root, extra={'run': Run.get_context().id})
