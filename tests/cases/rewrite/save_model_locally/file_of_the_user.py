# A file or a folder of the user's choice stays.
def main():
    run = Run.get_context()
    model = train_model(X, y)
    joblib.dump(model, 'mine.pkl')
    run.upload_file('outputs/mine.pkl', 'mine.pkl')
# --- becomes
def main():
    run = Run.get_context()
    model = train_model(X, y)
    run.save_model(model)
    joblib.dump(model, 'mine.pkl')
    run.upload_file('outputs/mine.pkl', 'mine.pkl')
