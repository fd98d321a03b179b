# A loss that kept its name, without a penalty in the new word.
def generate_algorithm_config():
    from sklearn.linear_model import SGDClassifier

    return SGDClassifier(loss='modified_huber', penalty=None, eta0=0.01, learning_rate='invscaling')
