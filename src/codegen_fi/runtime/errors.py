"""The failures a training run can explain in one sentence."""

from __future__ import annotations


class DataError(Exception):
    """The data don't fit the script: a column, the label or the file itself is not as expected."""


class ExplanationError(Exception):
    """The model was trained and saved, but (part of) its importances could not be computed."""
