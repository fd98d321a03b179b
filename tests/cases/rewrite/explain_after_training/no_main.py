# A script without main() is none this tool knows.
def other():
    model = train_model(X, y)
# --- refused: main() should hold a line 'model = train_model(...)'
