# True equals 1 and 0.0 equals False in Python; a row speaks of the value it names only.
def generate_algorithm_config():
    from sklearn.linear_model import SGDRegressor
    return SGDRegressor(eta0=False)
