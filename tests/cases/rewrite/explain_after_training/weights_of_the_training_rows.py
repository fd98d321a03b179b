# Without rows that are held out the training rows are scored, with the weights the training is given.
# --- with {'weights': 'w'}
def train_model(X, y, sample_weights=None, transformer=None):
    return pipeline().fit(X, y)


def main():
    run = Run.get_context()
    model = train_model(rows, target, heft)
# --- becomes
def train_model(X, y, sample_weights=None, transformer=None):
    return pipeline().fit(X, y)


def main():
    run = Run.get_context()
    model = train_model(rows, target, heft)
    run.explain(model, rows, target, sample_weight=heft)
