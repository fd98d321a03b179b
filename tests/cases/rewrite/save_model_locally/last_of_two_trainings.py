# Only the last model goes into the file.
def main():
    run = Run.get_context()
    first = train_model(X_small, y_small)
    model = train_model(X, y)
    print(first, model)
# --- becomes
def main():
    run = Run.get_context()
    first = train_model(X_small, y_small)
    model = train_model(X, y)
    run.save_model(model)
    print(first, model)
