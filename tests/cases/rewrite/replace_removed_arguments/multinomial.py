# What multinomial meant is what newer releases do.
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression
    return LogisticRegression(multi_class='multinomial', penalty='none')
# --- becomes
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression
    return LogisticRegression(C=float('inf'))
