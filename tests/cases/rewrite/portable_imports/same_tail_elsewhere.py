# A module of the user's that ends like an official one, and a comment that names one.
def main():
    from ours.azureml.training.tabular.score.scoring import score_regression
    # from azureml.training.tabular.score.scoring import score_regression
    path = 'azureml.automl.runtime.shared.model_wrappers'
    return score_regression, path
