# A variable may hold any value: only literals are judged.
def generate_algorithm_config():
    from sklearn.ensemble import RandomForestClassifier
    return RandomForestClassifier(max_features=share, criterion=numpy.str_('gini'))
