# A handler's training only runs when the first one failed.
def main():
    run = Run.get_context()
    try:
        load()
    except ValueError:
        model = train_model(X, y)
# --- refused: that isn't in a loop or a branch
