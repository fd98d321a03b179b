# Neither may the second of two saves go.
def main():
    import mlflow

    run = Run.get_context()
    X, y = table()
    model = train_model(X, y)
    mlflow.sklearn.log_model(sk_model=model, artifact_path='outputs/')
    mlflow.sklearn.log_model(sk_model=Ridge().fit(X, y), artifact_path='ridge')
# --- refused: line 8: Ridge().fit(X, y) is saved here
