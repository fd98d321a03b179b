# A kernel machine that asks for no probabilities.
def generate_algorithm_config():
    from sklearn.svm import SVC

    return SVC(C=2.0, kernel='rbf', gamma='scale', cache_size=200)
