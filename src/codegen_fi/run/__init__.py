"""Run the training of an emitted folder and read what it wrote."""

from codegen_fi.run.environment import ANY_PYTHON, ENVIRONMENTS, interpreter
from codegen_fi.run.process import Events, run_training
from codegen_fi.run.results import Importance, Results, read_results

__all__ = [
    "ANY_PYTHON",
    "ENVIRONMENTS",
    "Events",
    "Importance",
    "Results",
    "interpreter",
    "read_results",
    "run_training",
]
