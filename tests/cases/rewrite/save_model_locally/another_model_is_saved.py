# A model that isn't the trained one would be lost.
def main():
    import mlflow

    run = Run.get_context()
    X, y = table()
    first = train_model(X, y)
    model = Ridge().fit(X, y)
    mlflow.sklearn.log_model(sk_model=model, artifact_path='outputs/')
# --- refused: line 8: model is saved here, but the model of train_model() is first.
