# The metrics get the weights of the rows they score; the training call stays.
# --- with {'weights': 'w'}
def train_model(X, y, sample_weights=None, transformer=None):
    # weights come from the split
    fitted = pipeline().fit(X, y)
    return fitted


def calculate_metrics(model, X, y, sample_weights, X_test, y_test):
    return score(y_test, model.predict(X_test), sample_weights)


def main():
    X, y, sample_weights = prepare_data(table())
    (X_train, y_train, w_train), (X_valid, y_valid, w_valid) = split(X, y, sample_weights)
    model = train_model(X_train, y_train, w_train)
    metrics = calculate_metrics(model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)
# --- becomes
def train_model(X, y, sample_weights=None, transformer=None):
    # weights come from the split
    fitted = pipeline().fit(X, y, model__sample_weight=sample_weights)
    return fitted


def calculate_metrics(model, X, y, sample_weights, X_test, y_test):
    return score(y_test, model.predict(X_test), sample_weights)


def main():
    X, y, sample_weights = prepare_data(table())
    (X_train, y_train, w_train), (X_valid, y_valid, w_valid) = split(X, y, sample_weights)
    model = train_model(X_train, y_train, w_train)
    metrics = calculate_metrics(model, X, y, w_valid, X_test=X_valid, y_test=y_valid)
