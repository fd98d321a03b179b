# A tree with the new word already.
def generate_algorithm_config():
    from sklearn.tree import DecisionTreeRegressor

    return DecisionTreeRegressor(criterion='squared_error', splitter='random', ccp_alpha=0.01)
