# A variable of this name is no argument.
def generate_algorithm_config():
    from sklearn.impute import SimpleImputer
    verbose = 0
    settings = {'verbose': verbose, 'strategy': 'mean'}
    return SimpleImputer(), settings
