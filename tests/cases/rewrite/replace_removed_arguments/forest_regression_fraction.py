# A fraction of the columns is no removed word.
def generate_algorithm_config():
    from sklearn.ensemble import ExtraTreesRegressor

    algorithm = ExtraTreesRegressor(max_features=0.8, criterion='squared_error', oob_score=False)
    return algorithm
