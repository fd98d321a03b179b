# The one import the generator puts at the top.
import numpy
from azureml.training.tabular._diagnostics import logging_utilities


def main():
    logging_utilities.log_traceback(None, None)
# --- becomes
import numpy
from codegen_fi_runtime.automl._diagnostics import logging_utilities


def main():
    logging_utilities.log_traceback(None, None)
