# A linear booster.
def generate_algorithm_config():
    from xgboost.sklearn import XGBRegressor

    return XGBRegressor(booster='gblinear', reg_alpha=0.1, reg_lambda=1, objective='reg:squarederror')
