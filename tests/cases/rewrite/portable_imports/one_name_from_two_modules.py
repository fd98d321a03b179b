# The same class by its former and its present path: both lines end at the one stand-in.
def generate_algorithm_config_0():
    from azureml.automl.runtime.shared.model_wrappers import CalibratedModel
    from azureml.training.tabular.models.calibrated_model import CalibratedModel
    return CalibratedModel(None)
# --- becomes
def generate_algorithm_config_0():
    from codegen_fi_runtime.automl.models.calibrated_model import CalibratedModel
    from codegen_fi_runtime.automl.models.calibrated_model import CalibratedModel
    return CalibratedModel(None)
