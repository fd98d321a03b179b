# Names whose meaning the block doesn't tell aren't guessed.
def main():
    if len(grains) > 0:
        X = keep(X, grains)
# --- refused: line 2: grains is used here but never defined
