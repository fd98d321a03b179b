# Neighbours lost no argument; their n_jobs has an effect.
def generate_algorithm_config():
    from sklearn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(n_neighbors=7, metric='minkowski', p=2, n_jobs=1)
