"""LightGBM's trees and what it makes of their sum, read from the text it saves a model as."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from .forest import Forest, Tree, forest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_CATEGORICAL, _DEFAULT_LEFT = 1, 2
_NAN_IS_ZERO, _ZERO_IS_MISSING = 0, 1
_PLAIN = ("regression", "regression_l1", "huber", "fair", "quantile", "mape")


def read_lightgbm(estimator: Any, _width: int) -> Forest:
    """Take a fitted LightGBM estimator apart.

    Raises
    ------
    ValueError
        For a model that isn't a sum of trees over numbers, or whose objective isn't known.
    """
    booster = estimator.booster_
    rounds = booster.best_iteration if booster.best_iteration > 0 else None
    text = booster.model_to_string(num_iteration=rounds)
    head, *trees = text.partition("\nend of trees")[0].split("\nTree=")
    facts = dict(line.partition("=")[::2] for line in head.splitlines())
    if "average_output" in facts:
        raise ValueError("the trees are averaged")
    outputs = int(facts["num_tree_per_iteration"])
    link = _link(facts.get("objective", "").split(), outputs)
    return forest_of(
        [_tree(tree, i % outputs) for i, tree in enumerate(trees)],
        np.zeros(outputs),
        partial(_response, estimator, link),
        kind=np.float64,
    )


def _tree(text: str, output: int) -> Tree:
    facts = {name: value for name, _, value in (line.partition("=") for line in text.splitlines())}
    if int(facts.get("num_cat", 0)) or int(facts.get("is_linear", 0)):
        raise ValueError("a tree with categories or with linear leaves")
    values = [(output, np.array(facts["leaf_value"].split(), dtype=np.float64))]
    if int(facts["num_leaves"]) == 1:
        return Tree((), (), (), (), (), values)
    features, kinds, left, right = (
        np.array(facts[name].split(), dtype=np.intp)
        for name in ("split_feature", "decision_type", "left_child", "right_child")
    )
    limits = np.array(facts["threshold"].split(), dtype=np.float64)
    if (kinds & _CATEGORICAL).any():
        raise ValueError("a test on categories")
    missing, default = kinds >> 2 & 3, (kinds & _DEFAULT_LEFT) > 0
    nan = np.where(missing == _NAN_IS_ZERO, limits >= 0, default)
    zero = np.where(missing == _ZERO_IS_MISSING, default, -1)
    return Tree(features.tolist(), limits, left.tolist(), right.tolist(), nan, values, zero)


def _response(estimator: Any, link: Callable[[Any], Any], name: str, sums: Any) -> Any:
    linked = link(sums.T)
    if not hasattr(estimator, "classes_"):
        if name != "predict":
            raise ValueError(name)
        return linked[:, 0]
    if linked.shape[1] == 1:
        linked = np.vstack((1.0 - linked[:, 0], linked[:, 0])).transpose()
    if name == "predict_proba":
        return linked
    if name != "predict":
        raise ValueError(name)
    return estimator.classes_[np.argmax(linked, axis=1)]


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


def _softmax(sums: NDArray[np.float64]) -> Any:
    powers = _exp(sums - sums.max(axis=1, keepdims=True))
    total = np.zeros(len(powers))
    for column in powers.T:
        total = total + column
    return powers / total[:, None]
