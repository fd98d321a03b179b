# What stands behind the block still belongs to the run, the metrics for one.
def main():
    run = Run.get_context()
    with timer():
        model = train_model(X, y)
    run.log('rows', len(X))
# --- becomes
def main():
    run = Run.get_context()
    with timer():
        model = train_model(X, y)
    run.log('rows', len(X))
    run.explain(model, X, y)
