# Scalers may stand inside a model that is a pipeline, too.
def generate_algorithm_config():
    from sklearn.pipeline import Pipeline
    return Pipeline(steps=[('scale', RobustScaler()), ('NB', BernoulliNB())])
# --- becomes
def generate_algorithm_config():
    from sklearn.pipeline import Pipeline
    from sklearn.naive_bayes import BernoulliNB
    from sklearn.preprocessing import RobustScaler
    return Pipeline(steps=[('scale', RobustScaler()), ('NB', BernoulliNB())])
