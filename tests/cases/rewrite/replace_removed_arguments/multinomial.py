# Two classes had two vectors of coefficients, so that another class fits them.
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression

    algorithm = LogisticRegression(
        C=0.5,
        multi_class='multinomial',
        solver='saga'
    )

    return algorithm
# --- becomes
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression
    from codegen_fi_runtime.automl.models.multinomial_logistic_regression import MultinomialLogisticRegression

    algorithm = MultinomialLogisticRegression(
        C=0.5,
        solver='saga'
    )

    return algorithm
