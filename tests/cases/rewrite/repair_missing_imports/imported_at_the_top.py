# The module imports what the function uses.
from sklearn.naive_bayes import BernoulliNB


def generate_algorithm_config():
    algorithm = BernoulliNB(alpha=0.5)
    return algorithm
