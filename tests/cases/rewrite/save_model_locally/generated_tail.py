# Saved behind the training; everything that logs it with MLflow goes.
def main(training_dataset_id=None):
    from azureml.automl.core.inference import inference
    from azureml.core.run import Run

    import mlflow

    run = Run.get_context()
    model = train_model(X_train, y_train, sample_weights_train)

    metrics = calculate_metrics(model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)
    cd = inference.get_conda_deps_as_dict(True)

    # Into the outputs
    signature = mlflow.models.signature.infer_signature(X, y)
    mlflow.sklearn.log_model(
        sk_model=model,
        artifact_path='outputs/',
        conda_env=cd,
        signature=signature)

    run.upload_folder('outputs/', 'outputs/')
# --- becomes
def main(training_dataset_id=None):
    from azureml.core.run import Run

    run = Run.get_context()
    model = train_model(X_train, y_train, sample_weights_train)
    run.save_model(model)

    metrics = calculate_metrics(model, X, y, sample_weights, X_test=X_valid, y_test=y_valid)

    run.upload_folder('outputs/', 'outputs/')
