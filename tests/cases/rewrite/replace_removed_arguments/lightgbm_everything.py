# LightGBM takes its parameters under many names, these among them.
def generate_algorithm_config():
    from lightgbm.sklearn import LGBMClassifier

    algorithm = LGBMClassifier(max_bin=110, verbose=-10, n_jobs=1, min_child_samples=20)
    return algorithm
