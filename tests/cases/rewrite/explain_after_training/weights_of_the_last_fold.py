# The weights are those of the fold whose rows are scored.
# --- with {'weights': 'w'}
def main():
    run = Run.get_context()
    for X_train, y_train, w_train, X_valid, y_valid, w_valid in cv_splits.apply_CV_splits(X, y, sample_weights):
        metrics = calculate_metrics(train_model(X_train, y_train, w_train), X, y, sample_weights, X_test=X_valid, y_test=y_valid)
    model = train_model(X_train, y_train, w_train)
    run.upload_folder('outputs/', 'outputs/')
# --- becomes
def main():
    run = Run.get_context()
    for X_train, y_train, w_train, X_valid, y_valid, w_valid in cv_splits.apply_CV_splits(X, y, sample_weights):
        metrics = calculate_metrics(train_model(X_train, y_train, w_train), X, y, sample_weights, X_test=X_valid, y_test=y_valid)
    model = train_model(X_train, y_train, w_train)
    run.explain(model, X_train, y_train, X_valid, y_valid, sample_weight=w_valid)
    run.upload_folder('outputs/', 'outputs/')
