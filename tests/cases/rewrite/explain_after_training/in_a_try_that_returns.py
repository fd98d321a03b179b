# Behind the try block nothing would run: the call goes to the end of the block.
def main():
    run = Run.get_context()
    try:
        model = train_model(X, y)
        print(model)
        return model
    except ValueError:
        return None
# --- becomes
def main():
    run = Run.get_context()
    try:
        model = train_model(X, y)
        print(model)
        run.explain(model, X, y)
        return model
    except ValueError:
        return None
