# One edit per line, or the other statement would change with it.
def main():
    import os; from azureml.training.tabular.score.scoring import score_regression
    return os, score_regression
# --- refused: line 2: several statements stand on this line
