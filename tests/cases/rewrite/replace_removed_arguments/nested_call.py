# A class inside the arguments of another one.
def generate_algorithm_config():
    from azureml.training.tabular.models.calibrated_model import CalibratedModel
    from sklearn.linear_model import SGDClassifier

    return CalibratedModel(
        base_estimator=SGDClassifier(
            alpha=0.1,
            eta0=0.0,
            loss='log',
            penalty='none'
        ),
        random_state=0
    )
# --- becomes
def generate_algorithm_config():
    from azureml.training.tabular.models.calibrated_model import CalibratedModel
    from sklearn.linear_model import SGDClassifier

    return CalibratedModel(
        base_estimator=SGDClassifier(
            alpha=0.1,
            loss='log_loss',
            penalty=None
        ),
        random_state=0
    )
