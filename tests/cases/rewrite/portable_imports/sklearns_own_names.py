# scikit-learn has classes of the same names; they stay.
def generate_preprocessor_config():
    from sklearn.preprocessing import PowerTransformer, StandardScaler
    from sklearn.preprocessing._data import Normalizer
    return PowerTransformer(), StandardScaler(), Normalizer()
