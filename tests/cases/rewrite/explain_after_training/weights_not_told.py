# Weights that nothing names beside the scored rows are left out of the call, which a warning says.
# --- with {'weights': 'w'}
def main():
    run = Run.get_context()
    model = train_model(X_train, y_train, w_train)
    metrics = calculate_metrics(model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)
# --- becomes
def main():
    run = Run.get_context()
    model = train_model(X_train, y_train, w_train)
    metrics = calculate_metrics(model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)
    run.explain(model, X_train, y_train, X_valid, y_valid)
