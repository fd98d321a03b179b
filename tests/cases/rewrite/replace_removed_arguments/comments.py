# A comment beside the argument goes with it; one on a line of its own stays.
def generate_preprocessor_config():
    from sklearn.impute import SimpleImputer
    return SimpleImputer(
        # how to fill
        verbose=0,  # quiet
        # with what
        strategy='mean',
        # and then
        copy=True
    )
# --- becomes
def generate_preprocessor_config():
    from sklearn.impute import SimpleImputer
    return SimpleImputer(
        # how to fill
        # with what
        strategy='mean',
        # and then
        copy=True
    )
