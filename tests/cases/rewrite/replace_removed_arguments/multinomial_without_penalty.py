# The class and the arguments of one call change together.
def generate_algorithm_config():
    from sklearn import linear_model as linear
    return linear.LogisticRegression(multi_class='multinomial', penalty='none')
# --- becomes
def generate_algorithm_config():
    from sklearn import linear_model as linear
    from codegen_fi_runtime.automl.models.multinomial_logistic_regression import MultinomialLogisticRegression
    return MultinomialLogisticRegression(C=float('inf'))
