# A module that only starts with mlflow is the user's and stays; the model is saved all the same.
def main():
    from mlflow_helpers import shout
    run = Run.get_context()
    model = train_model(X, y)
    shout(model)
# --- becomes
def main():
    from mlflow_helpers import shout
    run = Run.get_context()
    model = train_model(X, y)
    run.save_model(model)
    shout(model)
