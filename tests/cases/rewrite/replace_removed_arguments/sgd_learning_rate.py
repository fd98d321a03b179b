# A learning rate above zero is still taken.
def generate_algorithm_config():
    from sklearn.linear_model import SGDClassifier

    algorithm = SGDClassifier(loss='modified_huber', eta0=0.01, learning_rate='invscaling', penalty=None)
    return algorithm
