# None is no value for the name that would count.
def generate_algorithm_config():
    from lightgbm.sklearn import LGBMRegressor

    return LGBMRegressor(min_child_samples=20, min_data_in_leaf=None)
