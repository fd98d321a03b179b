# Imports of open-source packages are as good here as there.
def generate_algorithm_config():
    from lightgbm.sklearn import LGBMClassifier
    from sklearn.pipeline import Pipeline
    import xgboost as xgb
    return Pipeline([('model', LGBMClassifier())]), xgb
