# Values that today's releases take.
def generate_algorithm_config():
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.linear_model import LogisticRegression, SGDClassifier
    a = RandomForestClassifier(criterion='gini', max_features='sqrt', min_impurity_decrease=0.0)
    b = LogisticRegression(penalty='elasticnet', l1_ratio=0.5, solver='saga')
    c = SGDClassifier(eta0=0.01, loss='hinge', penalty='l1')
    return a, b, c
