# An import inside a block of a function.
def main():
    if True:
        from azureml.training.tabular.score.scoring import aggregate_scores
    return aggregate_scores([])
# --- becomes
def main():
    if True:
        from codegen_fi_runtime.automl.score.scoring import aggregate_scores
    return aggregate_scores([])
