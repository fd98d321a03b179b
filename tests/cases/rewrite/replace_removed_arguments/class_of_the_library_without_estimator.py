# Only estimators and transformers are in the data.
def generate_algorithm_config():
    from sklearn.model_selection import KFold
    return KFold(n_splits=3, rounds=2)
