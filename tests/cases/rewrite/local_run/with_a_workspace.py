# Nothing stands in for the rest of the SDK.
def main():
    from azureml.core import Run, Workspace
    run = Run.get_context()
# --- refused: line 2: Workspace of azureml.core only works inside Azure ML
