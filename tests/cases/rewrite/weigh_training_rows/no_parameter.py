# A function that takes no weights can't hand them on.
# --- with {'weights': 'w'}
def train_model(X, y, transformer=None):
    return pipeline().fit(X, y)


def main():
    model = train_model(X, y, tst)
# --- refused: should be given the sample weights here
