# A preprocessor that lost no argument.
def generate_preprocessor_config():
    from sklearn.preprocessing import StandardScaler

    return StandardScaler(copy=True, with_mean=False, with_std=True)
