# A message, not a KeyError.
def train_model(X, y):
    return None
# --- refused: main() should hold a line 'model = train_model(...)'
