# Names that nothing uses need no stand-in.
def main():
    from azureml.core import Dataset, Run, Workspace
    run = Run.get_context()
# --- becomes
def main():
    from codegen_fi_runtime.local_run import Run
    run = Run.get_context()
