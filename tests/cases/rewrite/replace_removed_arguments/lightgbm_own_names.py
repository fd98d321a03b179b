# Each option once, in its own name.
def generate_algorithm_config():
    from lightgbm.sklearn import LGBMRegressor

    return LGBMRegressor(num_leaves=31, min_child_samples=20, reg_alpha=0.1, colsample_bytree=0.7)
