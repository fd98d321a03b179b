# Behind the last import, only what is missing.
def generate_algorithm_config_1():
    from sklearn.naive_bayes import MultinomialNB
    from sklearn.pipeline import Pipeline
    return Pipeline([('a', MinMaxScaler()), ('b', MultinomialNB())])
# --- becomes
def generate_algorithm_config_1():
    from sklearn.naive_bayes import MultinomialNB
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import MinMaxScaler
    return Pipeline([('a', MinMaxScaler()), ('b', MultinomialNB())])
