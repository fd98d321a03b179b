# The value is a call, and stays.
def generate_algorithm_config():
    from sklearn.ensemble import BaggingClassifier

    return BaggingClassifier(base_estimator=make(1), n_estimators=5)
# --- becomes
def generate_algorithm_config():
    from sklearn.ensemble import BaggingClassifier

    return BaggingClassifier(estimator=make(1), n_estimators=5)
