# It does no harm, and nobody knows what was meant; the user is told.
def generate_algorithm_config():
    from xgboost.sklearn import XGBRegressor

    return XGBRegressor(strength=2.0)
