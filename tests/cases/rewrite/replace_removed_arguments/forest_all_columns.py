# None means all columns, then as now.
def generate_algorithm_config():
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(max_features=None, max_depth=None)
