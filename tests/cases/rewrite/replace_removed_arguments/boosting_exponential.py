# The other classification loss kept its name.
def generate_algorithm_config():
    from sklearn.ensemble import GradientBoostingClassifier

    return GradientBoostingClassifier(loss='exponential', max_features=0.5)
