# The square root has always been called 'sqrt'.
def generate_algorithm_config():
    from sklearn.ensemble import RandomForestClassifier

    algorithm = RandomForestClassifier(max_features='sqrt', n_estimators=25, criterion='gini')
    return algorithm
