# Only the block of main is known.
def keep(X):
    if short_series_processor is not None:
        return X[grains]


def main():
    X = keep(table())
