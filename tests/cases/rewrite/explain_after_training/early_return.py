# Behind a return that may come earlier nothing is certain to run.
def main():
    run = Run.get_context()
    model = train_model(X, y)
    if model is None:
        return
    run.log('rows', len(X))
# --- refused: main() may return here before its end
