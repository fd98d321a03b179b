# Only what is a part of the rows is replaced; keywords and other arguments stay.
def main():
    for X_train, y_train, w_train, X_valid, y_valid, w_valid in cv_splits.apply_CV_splits(rows, target, None):
        scores.append(train_model(X_train, y_train, transformer=tst))
    model = train_model(X_train, y_train, transformer=tst)  # kept
# --- becomes
def main():
    for X_train, y_train, w_train, X_valid, y_valid, w_valid in cv_splits.apply_CV_splits(rows, target, None):
        scores.append(train_model(X_train, y_train, transformer=tst))
    model = train_model(rows, target, transformer=tst)  # kept
