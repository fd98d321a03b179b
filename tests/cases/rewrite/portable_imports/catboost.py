# A learner that the portable runtime leaves out is refused with the reason.
def generate_algorithm_config():
    from azureml.automl.runtime.shared.model_wrappers import CatBoostClassifier
    return CatBoostClassifier()
# --- refused: line 2: CatBoostClassifier (from azureml.automl.runtime.shared.model_wrappers) has no open-source stand-in yet: catboost isn't
