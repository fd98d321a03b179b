# The generated end: the upload stays the last statement.
def main(training_dataset_id=None):
    from azureml.core.run import Run

    run = Run.get_context()
    X, y, sample_weights = prepare_data(get_training_dataset(training_dataset_id))
    (X_train, y_train, w_train), (X_valid, y_valid, w_valid) = split_dataset(X, y, sample_weights, 0.25, should_stratify=False)
    model = train_model(X_train, y_train, w_train)

    metrics = calculate_metrics(model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)
    print(metrics)

    # outputs
    run.upload_folder('outputs/', 'outputs/')
# --- becomes
def main(training_dataset_id=None):
    from azureml.core.run import Run

    run = Run.get_context()
    X, y, sample_weights = prepare_data(get_training_dataset(training_dataset_id))
    (X_train, y_train, w_train), (X_valid, y_valid, w_valid) = split_dataset(X, y, sample_weights, 0.25, should_stratify=False)
    model = train_model(X_train, y_train, w_train)

    metrics = calculate_metrics(model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)
    print(metrics)

    # outputs
    run.explain(model, X_train, y_train, X_valid, y_valid)
    run.upload_folder('outputs/', 'outputs/')
