# A star behind a keyword moves no other argument.
def generate_algorithm_config():
    from sklearn.impute import SimpleImputer
    return SimpleImputer(strategy='mean', *extra, verbose=0, **more)
# --- becomes
def generate_algorithm_config():
    from sklearn.impute import SimpleImputer
    return SimpleImputer(strategy='mean', *extra, **more)
