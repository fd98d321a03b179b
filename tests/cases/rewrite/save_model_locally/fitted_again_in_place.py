# The saved model would be another one than the explained.
def main():
    run = Run.get_context()
    X, y = table()
    model = train_model(X, y)
    model.fit(X, y)
# --- refused: line 5: model is changed here, behind the training
