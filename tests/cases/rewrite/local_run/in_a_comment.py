# Text that only speaks of the import is none.
def main():
    # from azureml.core.run import Run
    text = "from azureml.core.run import Run"
    return text
