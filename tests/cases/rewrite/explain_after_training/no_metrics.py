# Without metrics there are no validation rows to explain on.
def main():
    my_run = Run.get_context()
    fitted = train_model(X_all, y_all, None)
# --- becomes
def main():
    my_run = Run.get_context()
    fitted = train_model(X_all, y_all, None)
    my_run.explain(fitted, X_all, y_all)
