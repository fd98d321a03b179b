# The lines that end the oldest scripts go with another rule; the call stands in their place.
def main():
    run = Run.get_context()
    model = train_model(X, y, sample_weights)
    joblib.dump(model, 'model.pkl')
    run.upload_file('outputs/model.pkl', 'model.pkl')
# --- becomes
def main():
    run = Run.get_context()
    model = train_model(X, y, sample_weights)
    joblib.dump(model, 'model.pkl')
    run.upload_file('outputs/model.pkl', 'model.pkl')
    run.explain(model, X, y)
