# Only the module of the import changes.
def main():
    from azureml.core.run import (
        Run,
    )
    run = Run.get_context()
# --- becomes
def main():
    from codegen_fi_runtime.local_run import (
        Run,
    )
    run = Run.get_context()
