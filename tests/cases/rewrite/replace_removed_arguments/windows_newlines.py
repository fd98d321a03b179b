# The lines around keep their endings, and so do the new ones.
# --- with {'newline': 'crlf'}
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression
    return LogisticRegression(
        C=0.5,
        multi_class='ovr',
    )
# --- becomes
def generate_algorithm_config():
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    return OneVsRestClassifier(LogisticRegression(
        C=0.5,
    ))
