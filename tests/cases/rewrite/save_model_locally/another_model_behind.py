# The model that counts is another one than the trained one.
def main():
    run = Run.get_context()
    model = train_model(X, y)
    model = calibrated(model, X, y)
    run.log('rows', len(X))
# --- refused: line 4: model is changed here, behind the training
