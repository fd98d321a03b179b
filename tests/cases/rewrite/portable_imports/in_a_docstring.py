# What a docstring shows is not run.
def explain():
    """
    from azureml.training.tabular.preprocessing import data_cleaning
    """
    return None
