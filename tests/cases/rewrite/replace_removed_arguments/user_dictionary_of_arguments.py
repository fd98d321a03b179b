# Where else the dictionary is used can't be told.
def generate_algorithm_config():
    from sklearn.impute import SimpleImputer
    params = {'strategy': 'mean', 'verbose': 0}
    return SimpleImputer(**params)
