"""scikit-learn's trees: alone, in forests, and boosted."""

from __future__ import annotations

import copy
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from .forest import Forest, forest_of
from .nodes import Nodes, apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def read_tree(estimator: Any, _width: int) -> Forest:
    """Take a single decision tree apart."""
    return _averaged([estimator], estimator, 1)


def read_forest(estimator: Any, _width: int) -> Forest:
    """Take a forest, or extra trees, apart."""
    return _averaged(estimator.estimators_, estimator, len(estimator.estimators_))


def read_boosted(estimator: Any, width: int) -> Forest:
    """Take gradient boosting apart.

    Raises
    ------
    ValueError
        When the boosting starts from another model.
    """
    first = getattr(estimator, "init_", None)
    if first not in (None, "zero") and not type(first).__name__.startswith("Dummy"):
        raise ValueError("the boosting starts from a model")
    stages = estimator.estimators_
    trees = [member.tree_ for stage in stages for member in stage]
    values = estimator.learning_rate * np.concatenate([tree.value[:, 0, 0] for tree in trees])
    nodes = _nodes(trees, [values], np.arange(len(trees)) % stages.shape[1])
    start = np.asarray(estimator._raw_predict_init(np.zeros((1, width), dtype=np.float32)))
    bare = copy.copy(estimator)
    # It is asked about rows without names.
    vars(bare).pop("feature_names_in_", None)
    answer = partial(_boosted_response, bare, width)
    return forest_of(nodes, start.reshape(-1).astype(np.float64), answer, kind=np.float32)


def _averaged(members: Sequence[Any], estimator: Any, count: int) -> Forest:
    if estimator.n_outputs_ != 1:
        raise ValueError("several outputs")
    trees = [member.tree_ for member in members]
    values = _shares(trees, hasattr(estimator, "classes_"))
    nodes = _nodes(trees, values)
    answer = partial(_averaged_response, estimator, count)
    return forest_of(nodes, np.zeros(len(values)), answer, kind=np.float32)


def _shares(trees: Sequence[Any], classifies: bool) -> list[NDArray[np.float64]]:
    values = np.concatenate([tree.value[:, 0, :] for tree in trees]).astype(np.float64)
    totals = values.sum(axis=1)
    if classifies and not np.allclose(totals, 1):
        # Up to scikit-learn 1.2 a leaf keeps counts.
        values = values / np.where(totals == 0, 1, totals)[:, None]
    return list(values.T)


def _nodes(trees: Sequence[Any], values: Sequence[Any], outputs: Any = None) -> Nodes:
    sizes = np.array([tree.node_count for tree in trees])
    left, right, feature, threshold = (
        np.concatenate([getattr(tree, name) for tree in trees])
        for name in ("children_left", "children_right", "feature", "threshold")
    )
    inner, children = apart(sizes, left, right)
    nan = np.zeros(len(left), dtype=bool)
    if hasattr(trees[0], "missing_go_to_left"):
        nan = np.concatenate([tree.missing_go_to_left for tree in trees]).astype(bool)
    return Nodes(
        features=feature[inner],
        limits=_comparable(threshold[inner]),
        nan=nan[inner],
        values=[of_node[~inner] for of_node in values],
        outputs=outputs,
        **children,
    )


def _comparable(limits: NDArray[np.float64]) -> Any:
    """Round limits down: of short numbers, as many are below the rounded limit."""
    short = limits.astype(np.float32)
    return np.where(short > limits, np.nextafter(short, np.float32(-np.inf)), short)


def _averaged_response(estimator: Any, count: int, name: str, sums: NDArray[np.float64]) -> Any:
    mean = sums / count if count > 1 else sums
    if not hasattr(estimator, "classes_"):
        if name != "predict":
            raise ValueError(name)
        return mean[0]
    shares = np.ascontiguousarray(mean.T)
    if name == "predict_proba":
        return shares
    if name != "predict":
        raise ValueError(name)
    return estimator.classes_.take(np.argmax(shares, axis=1), axis=0)


def _boosted_response(bare: Any, width: int, name: str, sums: NDArray[np.float64]) -> Any:
    asked = copy.copy(bare)
    raw = np.ascontiguousarray(sums.T)
    asked._raw_predict = lambda _rows: raw
    return getattr(asked, name)(csr_matrix((len(raw), width), dtype=np.float32))
