# The class that chooses its C by folds has no stand-in.
def generate_algorithm_config_meta():
    from sklearn.linear_model import LogisticRegressionCV
    return LogisticRegressionCV(multi_class='multinomial', cv=3)
# --- becomes
def generate_algorithm_config_meta():
    from sklearn.linear_model import LogisticRegressionCV
    return LogisticRegressionCV(cv=3)
