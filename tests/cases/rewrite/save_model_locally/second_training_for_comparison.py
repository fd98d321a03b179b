# The model that the script saves is meant, not the last one trained.
def main():
    import mlflow

    run = Run.get_context()
    X, y = table()
    model = train_model(X, y)
    check = train_model(X.head(9), y[:9])
    mlflow.sklearn.log_model(sk_model=model, artifact_path='outputs/')
# --- becomes
def main():

    run = Run.get_context()
    X, y = table()
    model = train_model(X, y)
    run.save_model(model)
    check = train_model(X.head(9), y[:9])
