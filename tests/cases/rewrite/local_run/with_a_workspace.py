# Nothing stands in for the workspace.
def main():
    from azureml.core import Run, Workspace
    run = Run.get_context()
    print(Workspace.from_config())
# --- refused: line 2: Workspace of azureml.core only works inside Azure ML
