# An import at the top goes when nothing needs it any more.
import mlflow


def main():
    run = Run.get_context()
    model = train_model(X, y)
    mlflow.sklearn.log_model(model, 'model')
# --- becomes


def main():
    run = Run.get_context()
    model = train_model(X, y)
    run.save_model(model)
