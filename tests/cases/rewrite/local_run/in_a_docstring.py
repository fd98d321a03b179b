# What a docstring shows is not run.
def main():
    """
    from azureml.core.run import Run
    """
    return None
