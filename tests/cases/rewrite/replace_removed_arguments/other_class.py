# An argument of this name means something else elsewhere.
def generate_algorithm_config():
    from lightgbm.sklearn import LGBMClassifier
    from sklearn.svm import LinearSVC
    return LGBMClassifier(verbose=-10), LinearSVC(multi_class='ovr', penalty='l2', verbose=0)
