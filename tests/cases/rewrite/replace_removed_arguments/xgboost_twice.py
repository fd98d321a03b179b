# XGBoost takes both names of each parameter; these are the ones that count for nothing.
def generate_algorithm_config():
    from xgboost.sklearn import XGBRegressor

    return XGBRegressor(eta=0.1, learning_rate=0.100000001, n_jobs=1, nthread=2, seed=1, random_state=0)
# --- becomes
def generate_algorithm_config():
    from xgboost.sklearn import XGBRegressor

    return XGBRegressor(learning_rate=0.100000001, nthread=2, seed=1)
