# A cross-validation trains per fold; the model that is kept is the one trained behind the loop.
def main():
    run = Run.get_context()
    for X_train, y_train, w_train, X_valid, y_valid, w_valid in cv_splits.apply_CV_splits(X, y, sample_weights):
        partially_fitted_model = train_model(X_train, y_train, w_train)
        metrics = calculate_metrics(partially_fitted_model, X, y, sample_weights, X_test=X_valid, y_test=y_valid, cv_splits=cv_splits)
    model = train_model(X_train, y_train, w_train)
    run.upload_folder('outputs/', 'outputs/')
# --- becomes
def main():
    run = Run.get_context()
    for X_train, y_train, w_train, X_valid, y_valid, w_valid in cv_splits.apply_CV_splits(X, y, sample_weights):
        partially_fitted_model = train_model(X_train, y_train, w_train)
        metrics = calculate_metrics(partially_fitted_model, X, y, sample_weights, X_test=X_valid, y_test=y_valid, cv_splits=cv_splits)
    model = train_model(X_train, y_train, w_train)
    run.explain(model, X_train, y_train, X_valid, y_valid)
    run.upload_folder('outputs/', 'outputs/')
