# Words that every release takes.
def generate_algorithm_config():
    from sklearn.ensemble import ExtraTreesClassifier

    return ExtraTreesClassifier(max_features='log2', criterion='entropy')
