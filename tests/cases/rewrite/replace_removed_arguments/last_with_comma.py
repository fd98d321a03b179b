# Black's form: a comma behind the last argument.
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=0.5,
        penalty="l2",
    )
# --- becomes
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(
        C=0.5,
    )
