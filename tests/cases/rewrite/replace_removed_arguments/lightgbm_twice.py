# LightGBM reads the first name and ignores the second.
def generate_algorithm_config():
    from lightgbm.sklearn import LGBMRegressor

    return LGBMRegressor(min_child_samples=20, min_data_in_leaf=5, silent=True)
# --- becomes
def generate_algorithm_config():
    from lightgbm.sklearn import LGBMRegressor

    return LGBMRegressor(min_data_in_leaf=5)
