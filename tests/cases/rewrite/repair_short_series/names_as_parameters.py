# A function of the user's that is given both.
def main():
    X = keep(X, ['store'], dropper)


def keep(X, grains, short_series_processor):
    return X[X[grains].isin(short_series_processor.grains_to_keep)]
