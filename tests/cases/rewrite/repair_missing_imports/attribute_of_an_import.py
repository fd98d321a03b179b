# A class reached through its module needs no import of its own.
def generate_algorithm_config():
    import sklearn.naive_bayes

    return sklearn.naive_bayes.BernoulliNB()
