"""Labels as numbers, which are compared much quicker than text."""

from __future__ import annotations

from typing import Any

import numpy as np

UNKNOWN = -1


class Coding:
    """Gives labels their places in a sorted list of labels.

    Parameters
    ----------
    labels : sequence
        Sorted, each once.
    y : array of shape (rows,)
        The truth.
    classes : array of shape (classes,)
        The labels of the model.
    before : array of shape (rows,) or None
        What the model predicts of the rows as they are.

    Attributes
    ----------
    truth : ndarray of int of shape (rows,)
    classes : ndarray of int of shape (classes,)

    Raises
    ------
    ValueError
        When a label isn't in the list.
    """

    def __init__(self, labels: Any, y: Any, classes: Any, before: Any) -> None:
        self._places = {label: place for place, label in enumerate(labels.tolist())}
        self.truth = self.of(y)
        self.classes = self.of(classes)
        if min(self.truth.min(), self.classes.min()) == UNKNOWN:
            raise ValueError("a label is not found again")
        self._before = before
        self._codes: Any = None if before is None else self.of(before)

    def of_changed(self, labels: Any) -> Any:
        """Code predictions, of which most are what they were; None when one isn't a label."""
        codes = self._codes.copy()
        changed = np.flatnonzero(differing(labels, self._before))
        codes[changed] = self.of(labels[changed])
        return None if (codes == UNKNOWN).any() else codes

    def of(self, labels: Any) -> Any:
        """Code labels; `UNKNOWN` stands for one that isn't in the list."""
        place = self._places.get
        found = [place(label, UNKNOWN) for label in np.asarray(labels, dtype=object).tolist()]
        return np.array(found, dtype=np.intp)


def differing(labels: Any, before: Any) -> Any:
    """Mark where two arrays hold different labels.

    Of objects, other ones count as different: they are told apart by where they lie.
    """
    if labels.dtype != object or before.dtype != object:
        return labels != before
    return _addresses(labels) != _addresses(before)


def _addresses(objects: Any) -> Any:
    objects = np.ascontiguousarray(objects)
    return np.ndarray(objects.shape, dtype=np.uintp, buffer=objects)
