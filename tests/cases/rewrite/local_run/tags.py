# What only the run of a job has fails at the end of a training: better now.
def main():
    from azureml.core import Run
    run = Run.get_context()
    run.tag('kind', 'retrained')
# --- refused: line 4: run.tag only works inside Azure ML
