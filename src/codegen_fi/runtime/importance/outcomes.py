"""The score of predictions, by the scorer's own code or by a formula that gives the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .coding import Coding
from .matrices import same
from .proof import ProofError
from .quick_scores import formula_for
from .responses import Answering, Given

if TYPE_CHECKING:
    from collections.abc import Callable


class Outcomes:
    """Scores what a model says; what it said at first has the score it had.

    Labels that are text are replaced by their places in the sorted list of labels, which scorers
    without a positive label can't tell from the labels, and compare much quicker.

    Parameters
    ----------
    model : estimator
        Its attributes are shown to the scorer; it isn't asked to predict.
    baseline : dict of str to array
        What the scorer asks for, on the rows as they are.
    X : table or matrix
        Handed to the scorer.
    y : array of shape (rows,)
    scorer : callable(model, X, y) -> float
    score : float
        Of the baseline.
    other : (dict of str to array, float), optional
        Other predictions, with the score that the scorer gives them.

    Raises
    ------
    ProofError
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
        other: tuple[dict[str, Any], float] | None = None,
    ) -> None:
        self.score = score
        self._model = model
        self._X = X
        self._y = y
        self._scorer = scorer
        self._formula: Any = None
        self._checked = False
        self._baseline = {name: np.asarray(value) for name, value in baseline.items()}
        self._labels: Any = self._coding()
        # A formula that gives the scorer's own scores leaves nothing to the scorer's code.
        if other is None or not self._by_a_formula(other):
            self._check()
            self._by_a_formula(other)

    def of(self, said: dict[str, Any]) -> float:
        """Score what the model says of other rows."""
        if self._formula is not None:
            score = self._by_formula(said)
            if score is not None:
                return score
        if all(same(said[name], before, bits=True) for name, before in self._baseline.items()):
            return self.score
        return self._by_code(said)

    def _by_formula(self, said: dict[str, Any]) -> float | None:
        known = said if self._labels is None else self._codes(said)
        return None if known is None else self._formula(known)

    def _by_a_formula(self, other: tuple[dict[str, Any], float] | None) -> bool:
        """Choose a formula if there is one that gives the scorer's scores."""
        coded = self._labels is not None
        known = self._codes(self._baseline) if coded else self._baseline
        truth = self._labels.truth if coded else self._y
        self._formula = None if known is None else formula_for(self._scorer, truth, known)
        if self._formula is not None and not self._confirmed(other):
            self._formula = None
        return self._formula is not None

    def _check(self) -> None:
        """Let the scorer's code score the baseline, of labels and of their places."""
        self._checked = True
        labels, self._labels = self._labels, None
        if self._direct(self._baseline) != self.score:
            raise ProofError("the scorer looks at more than the predictions")
        if labels is None:
            return
        self._labels = labels
        try:
            alike = self._coded(self._baseline) == self.score
        except Exception:  # noqa: BLE001 - a scorer that needs the labels
            alike = False
        if not alike:
            self._labels = self._formula = None

    def _confirmed(self, other: tuple[dict[str, Any], float] | None) -> bool:
        """Try the formula on what the model says of the rows, and on the same of other rows."""
        try:
            if other is None:
                moved = {name: np.roll(said, 1, axis=0) for name, said in self._baseline.items()}
                other = moved, self._by_code(moved)
            return all(
                same(np.array(self._by_formula(said)), np.array(score), bits=True)
                for said, score in ((self._baseline, self.score), other)
            )
        except Exception:  # noqa: BLE001 - an unknown kind of label or weight
            return False

    def _by_code(self, said: dict[str, Any]) -> float:
        if not self._checked:
            self._check()
        return self._direct(said) if self._labels is None else self._coded(said)

    def _direct(self, said: dict[str, Any]) -> float:
        return float(self._scorer(Answering(self._model, Given(said)), self._X, self._y))

    def _coding(self) -> Any:
        classes = getattr(self._model, "classes_", None)
        truth = np.asarray(self._y)
        if classes is None or truth.dtype.kind not in "OU" or len(truth.shape) != 1:
            return None
        try:
            labels = np.unique(np.concatenate([np.asarray(classes, dtype=object), truth]))
            return Coding(labels, self._y, classes, self._baseline.get("predict"))
        except Exception:  # noqa: BLE001 - labels that can't be sorted
            return None

    def _codes(self, said: dict[str, Any]) -> dict[str, Any] | None:
        if "predict" not in said:
            return said
        codes = self._labels.of_changed(said["predict"])
        return None if codes is None else {**said, "predict": codes}

    def _coded(self, said: dict[str, Any]) -> float:
        codes = self._codes(said)
        if codes is None:
            return self._direct(said)
        model = Answering(_Relabelled(self._model, self._labels.classes), Given(codes))
        return float(self._scorer(model, self._X, self._labels.truth))


class _Relabelled:
    def __init__(self, model: Any, classes: Any) -> None:
        self._inner = model
        self.classes_ = classes

    def __getattr__(self, name: str) -> Any:
        if name == "_inner" or (name[:2] == "__" and name != "__sklearn_tags__"):
            raise AttributeError(name)
        return getattr(self._inner, name)
