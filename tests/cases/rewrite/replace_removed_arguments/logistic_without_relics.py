# Nothing but arguments of today.
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression

    algorithm = LogisticRegression(C=1.5, solver='saga', max_iter=100, tol=0.0001)
    return algorithm
