# The lines of an argument start with its name.
def generate_algorithm_config():
    from sklearn.impute import SimpleImputer
    return SimpleImputer(
        strategy='mean',
        verbose=
            0,
        copy=True
    )
# --- becomes
def generate_algorithm_config():
    from sklearn.impute import SimpleImputer
    return SimpleImputer(
        strategy='mean',
        copy=True
    )
