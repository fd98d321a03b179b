# The oldest scripts pickle the model into the working folder and upload that file.
def main():
    run = Run.get_context()
    model = train_model(X, y)
    run.log('rows', len(X))

    # The model
    with open('model.pkl', 'wb') as f:
        pickle.dump(model, f)
    run.upload_file('outputs/model.pkl', 'model.pkl')
# --- becomes
def main():
    run = Run.get_context()
    model = train_model(X, y)
    run.save_model(model)
    run.log('rows', len(X))
