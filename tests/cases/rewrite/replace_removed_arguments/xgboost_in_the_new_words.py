# Words of today's xgboost.
def generate_algorithm_config():
    from xgboost.sklearn import XGBClassifier

    return XGBClassifier(device='cpu', tree_method='hist', n_jobs=1, learning_rate=0.1)
