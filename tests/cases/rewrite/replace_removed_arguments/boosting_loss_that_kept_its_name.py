# A loss that kept its name.
def generate_algorithm_config():
    from sklearn.ensemble import GradientBoostingRegressor

    return GradientBoostingRegressor(loss='huber', alpha=0.9, subsample=0.8)
