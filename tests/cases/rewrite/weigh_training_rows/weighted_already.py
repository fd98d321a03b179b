# A fit that is given weights is the user's.
# --- with {'weights': 'w'}
def train_model(X, y, sample_weights=None):
    return pipeline().fit(X, y, model__sample_weight=sample_weights)


def main():
    model = train_model(X, y, w)
# --- refused: line 1: train_model() should fit its rows once and without weights, but does so 0 times
