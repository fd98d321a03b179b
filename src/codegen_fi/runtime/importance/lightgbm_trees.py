"""LightGBM's trees and what it makes of their sum, read from the text it saves a model as."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from .bit_trees import MOST_LEAVES, BitTree, BitTrees, numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .changed import Changed

_ZERO = float(np.float32(1e-35))
_CATEGORICAL, _DEFAULT_LEFT = 1, 2
_PLAIN = ("regression", "regression_l1", "huber", "fair", "quantile", "mape")


class LightGBMSums:
    """Predicts as a fitted LightGBM estimator does, for rows with some columns of other rows.

    Parameters
    ----------
    estimator : LGBMClassifier or LGBMRegressor, fitted
    matrix : ndarray of float of shape (rows, columns)

    Raises
    ------
    ValueError
        For a model that isn't a sum of trees of up to `MOST_LEAVES` leaves over numbers, or
        whose objective isn't known.
    """

    def __init__(self, estimator: Any, matrix: Any) -> None:
        booster = estimator.booster_
        rounds = booster.best_iteration if booster.best_iteration > 0 else None
        text = booster.model_to_string(num_iteration=rounds)
        head, *trees = text.partition("\nend of trees")[0].split("\nTree=")
        facts = dict(line.partition("=")[::2] for line in head.splitlines())
        if "average_output" in facts:
            raise ValueError("the trees are averaged")
        outputs = int(facts["num_tree_per_iteration"])
        self._link = _link(facts.get("objective", "").split(), outputs)
        self._estimator = estimator
        values = np.asarray(matrix, dtype=np.float64)
        self._trees = BitTrees([_tree(tree) for tree in trees], outputs, values)

    def predict(
        self, name: str, blocks: Sequence[NDArray[np.intp]], wanted: Sequence[Changed]
    ) -> tuple[list[Any], Any]:
        """Predict the changed rows of each block, and the rows as they are."""
        changed, unchanged = self._trees.sums_of(blocks, wanted)
        return [self._responses(name, sums) for sums in changed], self._responses(name, unchanged)

    def _responses(self, name: str, sums: NDArray[np.float64]) -> Any:
        linked = self._link(sums)
        if not hasattr(self._estimator, "classes_"):
            if name != "predict":
                raise ValueError(name)
            return linked[:, 0]
        if linked.shape[1] == 1:
            linked = np.vstack((1.0 - linked[:, 0], linked[:, 0])).transpose()
        if name == "predict_proba":
            return linked
        if name != "predict":
            raise ValueError(name)
        return self._estimator.classes_[np.argmax(linked, axis=1)]


def _tree(text: str) -> BitTree:
    facts = {name: value for name, _, value in (line.partition("=") for line in text.splitlines())}
    leaves = int(facts["num_leaves"])
    if leaves > MOST_LEAVES or int(facts.get("num_cat", 0)) or int(facts.get("is_linear", 0)):
        raise ValueError("a tree with too many leaves, with categories or with linear leaves")
    values = np.array(facts["leaf_value"].split(), dtype=np.float64)
    if leaves == 1:
        return BitTree((), (), numbered((), ())[0], values)
    fields = [[int(v) for v in facts[name].split()] for name in _FIELDS]
    features, kinds, left, right = fields
    limits = [float(v) for v in facts["threshold"].split()]
    kept, order = numbered(left, right)
    passes = [_passing(limit, kind) for limit, kind in zip(limits, kinds)]  # noqa: B905
    return BitTree(features, passes, kept, values[order])


_FIELDS = ("split_feature", "decision_type", "left_child", "right_child")


def _passing(limit: float, kind: int) -> Callable[[Any, Any], Any]:
    if kind & _CATEGORICAL:
        raise ValueError("a test on categories")
    return partial(_MISSING[kind >> 2 & 3], limit, bool(kind & _DEFAULT_LEFT))


def _nan_is_zero(limit: float, _default: bool, column: Any, nan: Any) -> Any:
    passed = column <= limit
    return passed | nan if nan is not None and limit >= 0 else passed


def _zero_is_missing(limit: float, default: bool, column: Any, nan: Any) -> Any:
    missing = np.abs(column) <= _ZERO
    missing = missing if nan is None else missing | nan
    return np.where(missing, default, column <= limit)


def _nan_is_missing(limit: float, default: bool, column: Any, nan: Any) -> Any:
    passed = column <= limit
    return passed | nan if nan is not None and default else passed


_MISSING = (_nan_is_zero, _zero_is_missing, _nan_is_missing)


def _link(objective: Sequence[str], outputs: int) -> Callable[[Any], Any]:
    """Find what turns sums into predictions.

    The exponential is the C library's, as in LightGBM; numpy's own differs in the last bit.
    """
    name, *options = objective or [""]
    given = {key: value for key, _, value in (option.partition(":") for option in options)}
    if name in _PLAIN and outputs == 1 and "sqrt" not in options:
        return np.asarray
    if name == "binary" and outputs == 1:
        return partial(_sigmoid, float(given.get("sigmoid", 1)))
    if name == "multiclass":
        return _softmax
    raise ValueError(f"objective {' '.join(objective)!r}")


def _exp(values: Any) -> Any:
    flat = [math.exp(value) if value < _MOST else math.inf for value in values.ravel().tolist()]
    return np.array(flat, dtype=np.float64).reshape(values.shape)


_MOST = 709.0


def _sigmoid(steepness: float, sums: Any) -> Any:
    if steepness == 1:
        from scipy.special import expit

        # The same formula over the same exponential, in C.
        return expit(sums)
    return 1.0 / (1.0 + _exp(-steepness * sums))


def _softmax(sums: Any) -> Any:
    powers = _exp(sums - sums.max(axis=1, keepdims=True))
    total = np.zeros(len(powers))
    for column in powers.T:
        total = total + column
    return powers / total[:, None]
