"""The commonest scores straight from arrays, to the last bit what scikit-learn's scorers give.

A scorer checks its input anew each time, which takes longer than the score. Here that is done
once: a formula adds up in the order and the shapes of scikit-learn's, and gives None where it
would have complained.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from .scoring import Weighted

if TYPE_CHECKING:
    from collections.abc import Callable

_CLASSES = ("_PredictScorer", "_Scorer")


class Formula:
    """Scores predictions.

    Parameters
    ----------
    truth : ndarray of shape (rows,)
    weights : ndarray of shape (rows,) or None
    """

    def __init__(self, truth: Any, weights: Any) -> None:
        self._truth = truth
        self._weights = weights

    @staticmethod
    def takes(truth: Any, predicted: Any) -> bool:
        """Tell whether the formula holds for such truths and predictions."""
        raise NotImplementedError

    def of(self, predicted: Any) -> Any:
        """Score predictions of shape (rows,)."""
        raise NotImplementedError

    def __call__(self, said: dict[str, Any]) -> float | None:
        """Score what a model says; None where that is no number."""
        with np.errstate(all="ignore"):
            score = float(self.of(said["predict"]))
        return score if math.isfinite(score) else None


class _Right(Formula):
    @staticmethod
    def takes(truth: Any, predicted: Any) -> bool:
        return truth.dtype.kind in "biu" and predicted.dtype.kind in "biu"

    def of(self, predicted: Any) -> Any:
        return np.average(self._truth == predicted, weights=self._weights)


class _OfNumbers(Formula):
    """Adds up over columns of one number per row, as scikit-learn does."""

    def __init__(self, truth: Any, weights: Any) -> None:
        super().__init__(truth.reshape(-1, 1), weights)

    @staticmethod
    def takes(truth: Any, predicted: Any) -> bool:
        kinds = truth.dtype.kind in "fiu" and predicted.dtype.kind == "f"
        # Versions differ in how precisely they add up shorter numbers.
        return kinds and np.float64 in (predicted.dtype, truth.dtype)

    def _mean(self, errors: Any) -> Any:
        return np.average(errors, axis=0, weights=self._weights)[0]


class _Explained(_OfNumbers):
    def __init__(self, truth: Any, weights: Any) -> None:
        super().__init__(truth, weights)
        self._factor: Any = 1.0 if weights is None else weights[:, np.newaxis]
        middle = np.average(self._truth, axis=0, weights=weights)
        self._most = self._sum(self._truth - middle)

    def _sum(self, errors: Any) -> Any:
        return (self._factor * errors**2).sum(axis=0, dtype=np.float64)[0]

    def of(self, predicted: Any) -> Any:
        left = self._sum(self._truth - predicted.reshape(-1, 1))
        if left == 0:
            return 1.0
        return 0.0 if self._most == 0 else 1 - left / self._most


class _Squared(_OfNumbers):
    def of(self, predicted: Any) -> Any:
        return -self._mean((self._truth - predicted.reshape(-1, 1)) ** 2)


class _RootSquared(_Squared):
    def of(self, predicted: Any) -> Any:
        return -np.sqrt(-super().of(predicted))


class _Absolute(_OfNumbers):
    def of(self, predicted: Any) -> Any:
        return -self._mean(np.abs(predicted.reshape(-1, 1) - self._truth))


# Function of scikit-learn, its arguments, its sign.
_KNOWN: tuple[tuple[str, dict[str, Any], int, Callable[..., Formula]], ...] = (
    ("accuracy_score", {}, 1, _Right),
    ("r2_score", {}, 1, _Explained),
    ("mean_squared_error", {}, -1, _Squared),
    ("mean_squared_error", {"squared": False}, -1, _RootSquared),
    ("root_mean_squared_error", {}, -1, _RootSquared),
    ("mean_absolute_error", {}, -1, _Absolute),
)


def formula_for(scorer: Any, y: Any, said: dict[str, Any]) -> Formula | None:
    """Find the formula of a scorer.

    Parameters
    ----------
    scorer : callable(model, X, y) -> float
    y : array of shape (rows,)
    said : dict of str to array
        What the scorer asks for.

    Returns
    -------
    Formula or None
        None for an unknown scorer and for data that need its checks. Whether the formula gives
        the scorer's numbers is for the caller to try.
    """
    weights = None
    if isinstance(scorer, Weighted):
        scorer, weights = scorer.scorer, scorer.weights
    kind: Any = _kind(scorer)
    truth = np.asarray(y)
    if kind is None or set(said) != {"predict"} or truth.shape != said["predict"].shape:
        return None
    if len(truth.shape) != 1 or not kind.takes(truth, said["predict"]):
        return None
    try:
        numbers = None if weights is None else np.asarray(weights, dtype=np.float64)
        formula: Formula = kind(truth, numbers)
    except Exception:  # noqa: BLE001 - the scorer's own code has its say
        return None
    return formula


def _kind(scorer: Any) -> Any:
    from sklearn import metrics

    cls = type(scorer)
    if cls.__name__ not in _CLASSES or not cls.__module__.startswith("sklearn.metrics."):
        return None
    parts = [getattr(scorer, name, None) for name in ("_score_func", "_kwargs", "_sign")]
    for name, options, sign, kind in _KNOWN:
        function = getattr(metrics, name, None)
        if function is not None and parts[0] is function and parts[1:] == [options, sign]:
            return kind
    return None
