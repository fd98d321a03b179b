# The usual place: between others, each on a line.
def generate_algorithm_config():
    from sklearn.ensemble import RandomForestClassifier

    algorithm = RandomForestClassifier(
        bootstrap=True,
        max_features='auto',
        min_impurity_decrease=0.0,
        min_impurity_split=None,
        n_estimators=10
    )

    return algorithm
# --- becomes
def generate_algorithm_config():
    from sklearn.ensemble import RandomForestClassifier

    algorithm = RandomForestClassifier(
        bootstrap=True,
        max_features='sqrt',
        min_impurity_decrease=0.0,
        n_estimators=10
    )

    return algorithm
