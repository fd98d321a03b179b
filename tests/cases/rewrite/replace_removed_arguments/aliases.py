# The class counts, not the name it goes by here.
import sklearn.impute
import sklearn.linear_model as linear


def generate_algorithm_config():
    from sklearn.ensemble import RandomForestRegressor as Forest
    a = Forest(criterion='mse', max_features='auto')
    b = sklearn.impute.SimpleImputer(verbose=0)
    c = linear.ElasticNet(normalize=False, alpha=1.0)
    return a, b, c
# --- becomes
import sklearn.impute
import sklearn.linear_model as linear


def generate_algorithm_config():
    from sklearn.ensemble import RandomForestRegressor as Forest
    a = Forest(criterion='squared_error', max_features=1.0)
    b = sklearn.impute.SimpleImputer()
    c = linear.ElasticNet(alpha=1.0)
    return a, b, c
