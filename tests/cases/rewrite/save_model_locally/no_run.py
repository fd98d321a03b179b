# The model is saved by the run.
def main():
    model = train_model(X, y)
# --- refused: main() should hold a line 'run = Run.get_context()'
