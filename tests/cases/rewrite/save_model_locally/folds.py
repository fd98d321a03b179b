# The models of the folds aren't kept.
def main():
    run = Run.get_context()
    for X_train, y_train in folds:
        partially_fitted_model = train_model(X_train, y_train)
    model = train_model(X_train, y_train)  # the last fold's rows
    print(model)
# --- becomes
def main():
    run = Run.get_context()
    for X_train, y_train in folds:
        partially_fitted_model = train_model(X_train, y_train)
    model = train_model(X_train, y_train)  # the last fold's rows
    run.save_model(model)
    print(model)
