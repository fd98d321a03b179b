# The model would be trained and then lost: the run it is saved to isn't there yet.
def main():
    model = train_model(X, y)
    run = Run.get_context()
    run.log('rows', len(X))
# --- refused: line 3: the run is taken here, behind the training
