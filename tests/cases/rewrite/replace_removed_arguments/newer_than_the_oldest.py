# Only newer releases of the range take it, so it stays; the user is told.
def generate_algorithm_config():
    from sklearn.linear_model import LinearRegression

    return LinearRegression(fit_intercept=True, tol=1e-06)
