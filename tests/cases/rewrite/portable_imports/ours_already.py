# An import of the runtime needs no other.
def main():
    from codegen_fi_runtime.automl.score.scoring import score_regression
    return score_regression
