# Nothing stands beside it, or nothing that is certain to count.
def generate_algorithm_config():
    from xgboost.sklearn import XGBRegressor

    first = XGBRegressor(eta=0.1, nthread=2)
    second = XGBRegressor(eta=0.1, learning_rate=None)
    return first, second, XGBRegressor(eta=0.1, learning_rate=RATE)
