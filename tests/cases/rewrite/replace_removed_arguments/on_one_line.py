# First, middle, last and only argument of a line.
def generate_algorithm_config():
    from sklearn.impute import SimpleImputer
    a = SimpleImputer(verbose=0, strategy='mean')
    b = SimpleImputer(copy=True, verbose=0, strategy='mean')
    c = SimpleImputer(strategy='mean', verbose=0)
    d = SimpleImputer(strategy='mean', verbose=0, )
    e = SimpleImputer(verbose=0)
    return a, b, c, d, e
# --- becomes
def generate_algorithm_config():
    from sklearn.impute import SimpleImputer
    a = SimpleImputer(strategy='mean')
    b = SimpleImputer(copy=True, strategy='mean')
    c = SimpleImputer(strategy='mean')
    d = SimpleImputer(strategy='mean', )
    e = SimpleImputer()
    return a, b, c, d, e
