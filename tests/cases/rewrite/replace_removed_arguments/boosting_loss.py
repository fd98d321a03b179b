# The new names of the losses stay.
def generate_algorithm_config():
    from sklearn.ensemble import GradientBoostingClassifier

    algorithm = GradientBoostingClassifier(loss='log_loss', learning_rate=0.1, max_depth=4)
    return algorithm
