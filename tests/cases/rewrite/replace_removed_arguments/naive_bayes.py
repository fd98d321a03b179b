# Naive Bayes lost no argument.
def generate_algorithm_config():
    from sklearn.naive_bayes import MultinomialNB

    return MultinomialNB(alpha=0.5, fit_prior=True, class_prior=None)
