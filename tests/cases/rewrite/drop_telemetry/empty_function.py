# A function that a user emptied.
def setup_instrumentation(automl_run_id):
    pass
