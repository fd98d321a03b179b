# Arguments of any class of the package.
def generate_algorithm_config():
    from xgboost.sklearn import XGBClassifier

    algorithm = XGBClassifier(
        booster='gbtree',
        gpu_id=-1,
        predictor='auto',
        tree_method='auto',
        use_label_encoder=False,
        verbose=-10
    )
    return algorithm
# --- becomes
def generate_algorithm_config():
    from xgboost.sklearn import XGBClassifier

    algorithm = XGBClassifier(
        booster='gbtree',
        tree_method='auto',
    )
    return algorithm
