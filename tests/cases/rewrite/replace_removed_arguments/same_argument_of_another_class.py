# n_jobs only lost its effect in logistic regression.
def generate_algorithm_config():
    from sklearn.neighbors import KNeighborsClassifier

    algorithm = KNeighborsClassifier(n_jobs=1, n_neighbors=7, weights='distance')
    return algorithm
