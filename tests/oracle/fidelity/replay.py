"""Score what the official model predicted with our own functions, on the same rows."""

import os

import numpy as np


class Said:
    """Answers with predictions that another model made."""

    def __init__(self, answers):
        self._answers = answers

    @property
    def classes_(self):
        return self._answers["classes"]

    def predict(self, X):
        return self._answers["predict"]

    def predict_proba(self, X):
        return self._answers["predict_proba"]


def predictions(path):
    """Return a function from the number of an official scoring to its predictions, or None."""
    kept = np.load(path, allow_pickle=False) if path and os.path.exists(path) else {}

    def said(number):
        front = "score.%d/" % number
        answers = {
            name[len(front) :]: as_labels(kept[name]) for name in kept if name.startswith(front)
        }
        return Said(answers) if answers else None

    return said


def as_labels(array):
    """Text as the script has it, not of a fixed width."""
    return array.astype(object) if array.dtype.kind == "U" else array
