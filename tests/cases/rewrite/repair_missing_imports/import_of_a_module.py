# A dotted name needs its first part only.
def generate_preprocessor_config():
    import sklearn.preprocessing
    return sklearn.preprocessing.StandardScaler()
