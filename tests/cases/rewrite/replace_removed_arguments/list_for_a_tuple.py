# The numbers stay as the script writes them.
def generate_preprocessor_config():
    from sklearn.preprocessing import RobustScaler

    return RobustScaler(quantile_range=[25, 75], copy=True)
# --- becomes
def generate_preprocessor_config():
    from sklearn.preprocessing import RobustScaler

    return RobustScaler(quantile_range=(25, 75), copy=True)
