# Least angles without scaling of its own.
def generate_algorithm_config():
    from sklearn.linear_model import LassoLars

    return LassoLars(alpha=0.01, fit_intercept=True, eps=2.2e-16, max_iter=500)
