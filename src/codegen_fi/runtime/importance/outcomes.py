"""The score of predictions, by the scorer's own code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .matrices import same
from .responses import Answering, Given

if TYPE_CHECKING:
    from collections.abc import Callable


class Outcomes:
    """Scores what a model says now; what it said before has the score it had.

    Labels that are text are replaced by their places in the sorted list of labels, which scorers
    without a positive label can't tell from the labels, and compare much quicker.

    Parameters
    ----------
    model : estimator
        Says something else each time, of the same rows.
    baseline : dict of str to array
        What the scorer asks for, on the rows as they are.
    X : table or matrix
        Handed to the model and the scorer.
    y : array of shape (rows,)
    scorer : callable(model, X, y) -> float
    score : float
        Of the baseline.

    Raises
    ------
    ValueError
        When the baseline doesn't have this score.
    """

    def __init__(
        self,
        model: Any,
        baseline: dict[str, Any],
        X: Any,
        y: Any,
        scorer: Callable[..., float],
        score: float,
    ) -> None:
        self.score = score
        self._model = model
        self._X = X
        self._y = y
        self._scorer = scorer
        self._labels: Any = None
        self._baseline = {name: np.asarray(value) for name, value in baseline.items()}
        if self._direct(self._baseline) != score:
            raise ValueError("the scorer looks at more than the predictions")
        self._labels = self._coding()

    def scored(self) -> float:
        """Score what the model says now."""
        said = {name: np.asarray(getattr(self._model, name)(self._X)) for name in self._baseline}
        if all(same(said[name], before, bits=True) for name, before in self._baseline.items()):
            return self.score
        if self._labels is None:
            return self._direct(said)
        return self._coded(said)

    def _direct(self, said: dict[str, Any]) -> float:
        return float(self._scorer(Answering(self._model, Given(said)), self._X, self._y))

    def _coding(self) -> Any:
        classes = getattr(self._model, "classes_", None)
        truth = np.asarray(self._y)
        if classes is None or truth.dtype.kind not in "OU" or len(truth.shape) != 1:
            return None
        try:
            labels = np.unique(np.concatenate([np.asarray(classes, dtype=object), truth]))
            coding = _Coding(labels, self._y, classes, self._baseline.get("predict"))
            self._labels = coding
            return coding if self._coded(self._baseline) == self.score else None
        except Exception:  # noqa: BLE001 - labels that can't be sorted or a scorer that needs them
            return None

    def _coded(self, said: dict[str, Any]) -> float:
        codes = dict(said)
        if "predict" in said:
            codes["predict"] = self._labels.of_changed(said["predict"])
            if codes["predict"].min() < 0:
                return self._direct(said)
        model = Answering(_Relabelled(self._model, self._labels.classes), Given(codes))
        return float(self._scorer(model, self._X, self._labels.truth))


class _Coding:
    def __init__(self, labels: Any, y: Any, classes: Any, before: Any) -> None:
        import pandas as pd

        self._index = pd.Index(labels, dtype=object)
        self.truth = self.of(y)
        self.classes = self.of(classes)
        if min(self.truth.min(), self.classes.min()) < 0:
            raise ValueError("a label is not found again")
        self._before = before
        self._codes: Any = None if before is None else self.of(before)

    def of_changed(self, labels: Any) -> Any:
        """Code predictions, of which most are what they were."""
        codes = self._codes.copy()
        changed = np.flatnonzero(labels != self._before)
        codes[changed] = self.of(labels[changed])
        return codes

    def of(self, labels: Any) -> Any:
        wanted: Any = np.asarray(labels, dtype=object)
        return self._index.get_indexer(wanted)


class _Relabelled:
    def __init__(self, model: Any, classes: Any) -> None:
        self._inner = model
        self.classes_ = classes

    def __getattr__(self, name: str) -> Any:
        if name == "_inner" or (name[:2] == "__" and name != "__sklearn_tags__"):
            raise AttributeError(name)
        return getattr(self._inner, name)
