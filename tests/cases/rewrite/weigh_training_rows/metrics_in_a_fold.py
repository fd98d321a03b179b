# Each fold's metrics get the weights of the rows it holds out.
# --- with {'weights': 'w'}
def train_model(X, y, sample_weights=None):
    return pipeline().fit(X, y)


def calculate_metrics(model, X, y, sample_weights, X_test, y_test):
    return score(y_test, model.predict(X_test), sample_weights)


def main():
    for A, b, u, C, d, v in cv_splits.apply_CV_splits(X, y, w):
        part = train_model(A, b, u)
        scores.append(calculate_metrics(part, X, y, w, X_test=C, y_test=d))
    model = train_model(A, b, u)
# --- becomes
def train_model(X, y, sample_weights=None):
    return pipeline().fit(X, y, model__sample_weight=sample_weights)


def calculate_metrics(model, X, y, sample_weights, X_test, y_test):
    return score(y_test, model.predict(X_test), sample_weights)


def main():
    for A, b, u, C, d, v in cv_splits.apply_CV_splits(X, y, w):
        part = train_model(A, b, u)
        scores.append(calculate_metrics(part, X, y, v, X_test=C, y_test=d))
    model = train_model(A, b, u)
