# A user's first try stays a try: the last model is the one that is kept.
def main():
    run = Run.get_context()
    first = train_model(X_small, y_small)
    print(first)
    model = train_model(X, y)
    print(model)
# --- becomes
def main():
    run = Run.get_context()
    first = train_model(X_small, y_small)
    print(first)
    model = train_model(X, y)
    print(model)
    run.explain(model, X, y)
