# What isn't known is not guessed.
def generate_algorithm_config():
    from sklearn.pipeline import Pipeline
    return Pipeline([('a', Mystery())])
# --- refused: line 3: Mystery is used in generate_algorithm_config() but never imported
