"""LightGBM's trees and what it makes of their sum, read from the text it saves a model as."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from .forest import Forest, forest_of
from .nodes import Nodes

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
    facts = _facts(head)
    if "average_output" in facts:
        raise ValueError("the trees are averaged")
    outputs = int(facts["num_tree_per_iteration"])
    link = _link(facts.get("objective", "").split(), outputs)
    return forest_of(
        _nodes(trees, outputs),
        np.zeros(outputs),
        partial(_response, estimator, link),
        kind=np.float64,
    )


def _facts(text: str) -> dict[str, str]:
    return {name: value for name, _, value in (line.partition("=") for line in text.splitlines())}


def _nodes(trees: Sequence[str], outputs: int) -> Nodes:
    facts = [_facts(text) for text in trees]
    if any(int(tree.get(name, 0)) for tree in facts for name in ("num_cat", "is_linear")):
        raise ValueError("a tree with categories or with linear leaves")
    leaves = np.array([int(tree["num_leaves"]) for tree in facts], dtype=np.intp)
    tests = leaves - 1
    features, kinds, left, right = (
        _numbers(facts, name, np.intp, tests)
        for name in ("split_feature", "decision_type", "left_child", "right_child")
    )
    limits = _numbers(facts, "threshold", np.float64, tests)
    if (kinds & _CATEGORICAL).any():
        raise ValueError("a test on categories")
    missing, default = kinds >> 2 & 3, (kinds & _DEFAULT_LEFT) > 0
    before, leaves_before = (np.repeat(np.cumsum(n) - n, tests) for n in (tests, leaves))
    return Nodes(
        tests,
        leaves,
        features,
        limits,
        np.where(missing == _NAN_IS_ZERO, limits >= 0, default),
        np.where(left < 0, left - leaves_before, left + before),
        np.where(right < 0, right - leaves_before, right + before),
        [_numbers(facts, "leaf_value", np.float64, leaves)],
        np.arange(len(trees)) % outputs,
        np.where(missing == _ZERO_IS_MISSING, default, -1),
    )


def _numbers(facts: Sequence[dict[str, str]], name: str, kind: Any, sizes: Any) -> NDArray[Any]:
    """Read the numbers of one line of all trees; each tree has as many as expected."""
    lines = [tree.get(name, "") for tree, size in zip(facts, sizes.tolist()) if size]  # noqa: B905
    if [line.count(" ") + 1 for line in lines] != sizes[sizes > 0].tolist():
        raise ValueError(f"{name} of a tree is cut off")
    return np.fromstring(" ".join(lines), dtype=kind, sep=" ")


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
