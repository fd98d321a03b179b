# Both modules the generator takes Run from.
def setup_instrumentation(automl_run_id):
    from azureml.core import Run
    return Run.get_context()


def main():
    from azureml.core.run import Run  # the run
    run = Run.get_context()
    run.log('score', 1.0)
# --- becomes
def setup_instrumentation(automl_run_id):
    from codegen_fi_runtime.local_run import Run
    return Run.get_context()


def main():
    from codegen_fi_runtime.local_run import Run  # the run
    run = Run.get_context()
    run.log('score', 1.0)
