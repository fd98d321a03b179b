# A call that loses its only argument keeps its parentheses.
def generate_preprocessor_config():
    from sklearn.impute import SimpleImputer
    return SimpleImputer(
        verbose=0
    )
# --- becomes
def generate_preprocessor_config():
    from sklearn.impute import SimpleImputer
    return SimpleImputer(
    )
