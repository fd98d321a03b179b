# What this tool leaves behind has nothing to replace.
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    return OneVsRestClassifier(LogisticRegression(
        C=0.5,
    ))
