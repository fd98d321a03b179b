# No release of the target takes it, and no row says what stands for it.
def generate_algorithm_config():
    from sklearn.linear_model import Ridge

    return Ridge(
        alpha=1.0,
        strength=2.0
    )
# --- refused: line 6: Ridge has no argument 'strength' in scikit-learn 1.9
