# Without the branch there is no model.
def main():
    run = Run.get_context()
    if ready:
        model = train_model(X, y)
# --- refused: that isn't in a loop or a branch
