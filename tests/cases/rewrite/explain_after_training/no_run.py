# There is nothing to call explain on.
def main():
    model = train_model(X, y)
# --- refused: should hold a line 'run = Run.get_context()'
