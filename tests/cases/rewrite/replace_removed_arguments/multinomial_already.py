# What this tool leaves behind for multinomial has nothing to replace.
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression
    from codegen_fi_runtime.automl.models.multinomial_logistic_regression import MultinomialLogisticRegression
    return MultinomialLogisticRegression(C=0.5, solver='saga')
