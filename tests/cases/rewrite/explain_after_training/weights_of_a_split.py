# The rows that are scored count as much as their sample weights say.
# --- with {'weights': 'w'}
def main():
    run = Run.get_context()
    X, y, sample_weights = prepare_data(df)
    (X_train, y_train, w_train), (X_valid, y_valid, w_valid) = split_dataset(X, y, sample_weights, 0.25)
    model = train_model(X_train, y_train, w_train)
    metrics = calculate_metrics(model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)
# --- becomes
def main():
    run = Run.get_context()
    X, y, sample_weights = prepare_data(df)
    (X_train, y_train, w_train), (X_valid, y_valid, w_valid) = split_dataset(X, y, sample_weights, 0.25)
    model = train_model(X_train, y_train, w_train)
    metrics = calculate_metrics(model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)
    run.explain(model, X_train, y_train, X_valid, y_valid, sample_weight=w_valid)
