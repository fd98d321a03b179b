# The importances would be those of other rows.
def main():
    run = Run.get_context()
    model = train_model(X, y)
    X, y = load_more()
# --- refused: line 4: X is changed here, behind the training
