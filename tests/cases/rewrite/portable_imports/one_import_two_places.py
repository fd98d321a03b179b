# One official module, several of ours: the import is split, in the order of its names.
def generate_algorithm_config():
    # the member
    from azureml.automl.runtime.shared.model_wrappers import CalibratedModel, LightGBMClassifier as Boosted, LinearSVMWrapper  # kept
    return CalibratedModel(Boosted(min_data_in_leaf=0.1)), LinearSVMWrapper()
# --- becomes
def generate_algorithm_config():
    # the member
    from codegen_fi_runtime.automl.models.calibrated_model import CalibratedModel
    from codegen_fi_runtime.automl.models.boosting_wrappers import LightGBMClassifier as Boosted
    from codegen_fi_runtime.automl.models.classifier_wrappers import LinearSVMWrapper  # kept
    return CalibratedModel(Boosted(min_data_in_leaf=0.1)), LinearSVMWrapper()
