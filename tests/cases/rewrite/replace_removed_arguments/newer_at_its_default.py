# An official release that doesn't know the argument yet.
# --- with {'runtime': 'azureml'}
def generate_algorithm_config():
    from sklearn.linear_model import LinearRegression

    return LinearRegression(fit_intercept=True, tol=1e-06)
# --- becomes
def generate_algorithm_config():
    from sklearn.linear_model import LinearRegression

    return LinearRegression(fit_intercept=True)
