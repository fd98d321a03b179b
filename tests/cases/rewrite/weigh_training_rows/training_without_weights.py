# Without weights in the call there is nothing to hand on.
# --- with {'weights': 'w'}
def train_model(X, y, sample_weights=None):
    return pipeline().fit(X, y)


def main():
    model = train_model(X, y)
# --- refused: line 6: train_model() should be given the sample weights here
