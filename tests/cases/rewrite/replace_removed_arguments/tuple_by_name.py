# What the name holds is the script's business.
def generate_preprocessor_config():
    from sklearn.preprocessing import RobustScaler

    return RobustScaler(quantile_range=RANGE, copy=True)
