# Boosters are open source under their own paths.
def generate_algorithm_config_0():
    from lightgbm.sklearn import LGBMClassifier
    from xgboost.sklearn import XGBClassifier

    return LGBMClassifier(), XGBClassifier()
