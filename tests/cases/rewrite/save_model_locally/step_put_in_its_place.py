# Neither may a part of it be another one.
def main():
    run = Run.get_context()
    X, y = table()
    model = train_model(X, y)
    model.steps[-1] = ('model', Ridge().fit(X, y))
# --- refused: line 5: model is changed here, behind the training
