# Penalties of stochastic descent are not deprecated.
def generate_algorithm_config():
    from sklearn.linear_model import SGDRegressor

    return SGDRegressor(loss='huber', penalty='elasticnet', l1_ratio=0.2)
