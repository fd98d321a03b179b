# A block that writes more than the model is the user's.
def main():
    run = Run.get_context()
    model = train_model(X, y)
    with open('model.pkl', 'wb') as f:
        pickle.dump(model, f)
        f.flush()
# --- becomes
def main():
    run = Run.get_context()
    model = train_model(X, y)
    run.save_model(model)
    with open('model.pkl', 'wb') as f:
        pickle.dump(model, f)
        f.flush()
