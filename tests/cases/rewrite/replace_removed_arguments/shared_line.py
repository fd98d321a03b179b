# The trees can't be lined up inside such a line.
def generate_algorithm_config():
    from sklearn.impute import SimpleImputer
    a = SimpleImputer(verbose=0); b = SimpleImputer()
    return a, b
# --- refused: line 3: several statements stand on this line
