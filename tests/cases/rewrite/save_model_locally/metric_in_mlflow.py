# A user's metric in MLflow isn't taken for a way to save the model: the last check names it.
def main():
    import mlflow
    run = Run.get_context()
    model = train_model(X, y)
    mlflow.log_metric('rows', len(X))
# --- refused: line 5: mlflow comes from a line that only works inside Azure ML and goes
