# Without an upload the call is the last line.
def main(training_dataset_id=None):
    run = Run.get_context()
    model = train_model(X, y)
    for metric in metrics:
        run.log(metric, metrics[metric])
# --- becomes
def main(training_dataset_id=None):
    run = Run.get_context()
    model = train_model(X, y)
    for metric in metrics:
        run.log(metric, metrics[metric])
    run.explain(model, X, y)
