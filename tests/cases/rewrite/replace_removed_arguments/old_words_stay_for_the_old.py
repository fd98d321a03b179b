# The official release takes what newer ones don't.
# --- with {'runtime': 'azureml'}
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(multi_class='ovr', penalty='l2', n_jobs=1)
