# None of these went away.
def generate_algorithm_config():
    from sklearn.impute import SimpleImputer

    algorithm = SimpleImputer(strategy='mean', add_indicator=False, keep_empty_features=False)
    return algorithm
