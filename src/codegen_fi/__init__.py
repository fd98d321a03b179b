"""Run, explain and review the training scripts that Azure AutoML generates."""

__version__ = "0.1.0"
