# A module name in a text isn't an import.
def describe():
    return 'from azureml.training.tabular.models import voting_ensemble'
