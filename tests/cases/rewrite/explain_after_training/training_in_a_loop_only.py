# Which of the models is kept isn't told.
def main():
    run = Run.get_context()
    for X, y in parts:
        model = train_model(X, y)
# --- refused: that isn't in a loop
