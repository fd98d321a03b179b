# Fitting something else behind the training is the user's own.
def main():
    run = Run.get_context()
    X, y = table()
    model = train_model(X, y)
    scaler = StandardScaler().fit(X)
    scaler.set_params(copy=True)
# --- becomes
def main():
    run = Run.get_context()
    X, y = table()
    model = train_model(X, y)
    run.save_model(model)
    scaler = StandardScaler().fit(X)
    scaler.set_params(copy=True)
