# A submodule and an alias.
def main():
    import mlflow.sklearn
    from mlflow import models as described
    run = Run.get_context()
    model = train_model(X, y)
    signature = described.infer_signature(X, y)
    mlflow.sklearn.log_model(model, 'model', signature=signature)
# --- becomes
def main():
    run = Run.get_context()
    model = train_model(X, y)
    run.save_model(model)
