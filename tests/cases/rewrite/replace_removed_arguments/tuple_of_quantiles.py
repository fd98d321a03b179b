# A range that is a tuple already.
def generate_preprocessor_config():
    from sklearn.preprocessing import RobustScaler

    return RobustScaler(quantile_range=(25, 75), with_centering=False)
