# Held-out rows that are assigned without their weights can't be weighed.
# --- with {'weights': 'w'}
def train_model(X, y, sample_weights=None):
    return pipeline().fit(X, y)


def calculate_metrics(model, X, y, sample_weights, X_test, y_test):
    return score(y_test, model.predict(X_test), sample_weights)


def main():
    (X_train, y_train), (X_valid, y_valid) = split(X, y)
    model = train_model(X_train, y_train, w)
    metrics = calculate_metrics(model, X, y, w, X_test=X_valid, y_test=y_valid)
# --- refused: line 12: nothing here tells the weights of the rows
