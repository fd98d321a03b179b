# The argument that took the place of gpu_id.
def generate_algorithm_config():
    from xgboost.sklearn import XGBRegressor

    algorithm = XGBRegressor(device='cpu', tree_method='hist', n_estimators=50)
    return algorithm
