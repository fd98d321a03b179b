# A learner that trains on a cluster has no stand-in, and the message says so.
def generate_algorithm_config():
    from azureml.automl.runtime.shared.model_wrappers import DaskLightGBMClassifier
    return DaskLightGBMClassifier(min_data_in_leaf=0.1)
# --- refused: line 2: DaskLightGBMClassifier (from azureml.automl.runtime.shared.model_wrappers) has no open-source stand-in yet: it trains on a cluster of machines
