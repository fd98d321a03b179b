# One model per class is another class's business now.
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression

    algorithm = LogisticRegression(
        C=0.5,
        multi_class='ovr',
        solver='lbfgs'
    )

    return algorithm
# --- becomes
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    algorithm = OneVsRestClassifier(LogisticRegression(
        C=0.5,
        solver='lbfgs'
    ))

    return algorithm
