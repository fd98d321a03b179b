# A name that no longer holds all rows would train on a part of them unseen.
def main():
    for X_train, y_train, w_train, X_valid, y_valid, w_valid in cv_splits.apply_CV_splits(X, y, w):
        y = smooth(y_train)
        scores.append(train_model(X_train, y, w_train))
    model = train_model(X_train, y_train, w_train)
# --- refused: line 2: y should hold all rows up to the final training, but is assigned again
