# A script that saves in another way keeps it.
def main():
    my_run = Run.get_context()
    fitted = train_model(X, y)
    with open('outputs/mine.pkl', 'wb') as stream:
        pickle.dump(fitted, stream)
# --- becomes
def main():
    my_run = Run.get_context()
    fitted = train_model(X, y)
    my_run.save_model(fitted)
    with open('outputs/mine.pkl', 'wb') as stream:
        pickle.dump(fitted, stream)
