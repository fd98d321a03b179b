# The import of the wrapper goes behind the docstring where there is no import to stand behind.
from sklearn.linear_model import LogisticRegression


def generate_algorithm_config():
    '''The estimator.'''
    return LogisticRegression(C=0.5, multi_class='ovr')
# --- becomes
from sklearn.linear_model import LogisticRegression


def generate_algorithm_config():
    '''The estimator.'''
    from sklearn.multiclass import OneVsRestClassifier
    return OneVsRestClassifier(LogisticRegression(C=0.5))
