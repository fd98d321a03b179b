# An import of a user's helper.
def correlation(X):
    from scipy.stats import spearmanr

    return spearmanr(X)
