# A line behind the return would never run.
def main(training_dataset_id=None):
    run = Run.get_context()
    model = train_model(X, y)
    return model
# --- becomes
def main(training_dataset_id=None):
    run = Run.get_context()
    model = train_model(X, y)
    run.explain(model, X, y)
    return model
