# Metrics that don't read the weights stay as they are, and so does a fit on other rows.
# --- with {'weights': 'w'}
def train_model(X, y, sample_weights=None):
    scaler = scale().fit(X)
    return pipeline().fit(X, y)


def calculate_metrics(model, X, y, sample_weights, X_test, y_test):
    return score(y_test, model.predict(X_test))


def main():
    X_valid, y_valid, w_valid = prepare_data(other_table())
    model = train_model(X, y, w)
    metrics = calculate_metrics(model, X, y, w, X_test=X_valid, y_test=y_valid)
# --- becomes
def train_model(X, y, sample_weights=None):
    scaler = scale().fit(X)
    return pipeline().fit(X, y, model__sample_weight=sample_weights)


def calculate_metrics(model, X, y, sample_weights, X_test, y_test):
    return score(y_test, model.predict(X_test))


def main():
    X_valid, y_valid, w_valid = prepare_data(other_table())
    model = train_model(X, y, w)
    metrics = calculate_metrics(model, X, y, w, X_test=X_valid, y_test=y_valid)
