# What is to replace these words is another model in the oldest release.
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=0.1, penalty='l1', solver='liblinear')
