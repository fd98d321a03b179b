# Rows to validate on are read behind the training in generated scripts, too.
def main():
    run = Run.get_context()
    model = train_model(X, y)
    X_valid, y_valid, _ = prepare_data(get_validation_dataset(uri))
    metrics = calculate_metrics(model, X, y, None, X_test=X_valid, y_test=y_valid)
# --- becomes
def main():
    run = Run.get_context()
    model = train_model(X, y)
    run.save_model(model)
    X_valid, y_valid, _ = prepare_data(get_validation_dataset(uri))
    metrics = calculate_metrics(model, X, y, None, X_test=X_valid, y_test=y_valid)
