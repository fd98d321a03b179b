# A module and a class may start with an underscore.
def main():
    from azureml.training.tabular.score._cv_splits import _CVSplits
    return _CVSplits
# --- becomes
def main():
    from codegen_fi_runtime.automl.score._cv_splits import _CVSplits
    return _CVSplits
