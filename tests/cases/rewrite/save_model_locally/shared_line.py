# Where the new line goes isn't clear.
def main():
    run = Run.get_context()
    model = train_model(X, y); print(model)
# --- refused: line 3: several statements stand on this line
