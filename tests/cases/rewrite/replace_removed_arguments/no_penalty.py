# Two arguments become one: without a penalty the model ignored its C.
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=0.005,
        penalty='none',
        solver='lbfgs'
    )
# --- becomes
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=float('inf'),
        solver='lbfgs'
    )
