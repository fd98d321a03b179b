# Which of two fits makes the model isn't guessed.
# --- with {'weights': 'w'}
def train_model(X, y, sample_weights=None):
    first = pipeline().fit(X, y)
    return pipeline().fit(X, y)


def main():
    model = train_model(X, y, w)
# --- refused: does so 2 times
