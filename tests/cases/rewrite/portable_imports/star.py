# What a star brings isn't told, so nothing can be said of what is used.
from azureml.training.tabular.models.calibrated_model import *
# --- refused: line 1: * (from azureml.training.tabular.models.calibrated_model) has no
