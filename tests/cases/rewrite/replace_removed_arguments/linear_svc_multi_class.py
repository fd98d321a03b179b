# LinearSVC still takes multi_class.
def generate_algorithm_config():
    from sklearn.svm import LinearSVC

    algorithm = LinearSVC(multi_class='ovr', dual='auto', penalty='l2', C=0.5)
    return algorithm
