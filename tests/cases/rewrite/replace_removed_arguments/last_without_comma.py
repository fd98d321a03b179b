# The argument before the last one keeps its line as it is, comma and comment included.
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression
    return LogisticRegression(
        C=0.5,  # strength
        n_jobs=1,
        penalty='l2'
    )
# --- becomes
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression
    return LogisticRegression(
        C=0.5,  # strength
    )
