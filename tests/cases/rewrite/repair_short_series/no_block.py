# A script without folds has no such block.
def main():
    model = train_model(X, y)
    if model is None:
        print('nothing')
