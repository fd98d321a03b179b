# Builtins and names of keyword arguments aren't missing.
def generate_algorithm_config():
    from sklearn.naive_bayes import BernoulliNB

    return BernoulliNB(alpha=float('0.5'), binarize=max(0, 0.2))
