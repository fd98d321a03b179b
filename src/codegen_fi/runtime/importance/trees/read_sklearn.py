"""scikit-learn's trees: alone, in forests, and boosted."""

from __future__ import annotations

import copy
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from .forest import Forest, Tree, forest_of
from .read_xgboost import renumbered

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
    trees = [
        _tree(member, [(output, estimator.learning_rate * member.tree_.value[:, 0, 0])])
        for stage in stages
        for output, member in enumerate(stage)
    ]
    start = np.asarray(estimator._raw_predict_init(np.zeros((1, width), dtype=np.float32)))
    bare = copy.copy(estimator)
    # It is asked about rows without names.
    vars(bare).pop("feature_names_in_", None)
    answer = partial(_boosted_response, bare, width)
    return forest_of(trees, start.reshape(-1).astype(np.float64), answer, kind=np.float32)


def _averaged(members: Sequence[Any], estimator: Any, count: int) -> Forest:
    if estimator.n_outputs_ != 1:
        raise ValueError("several outputs")
    classifies = hasattr(estimator, "classes_")
    trees = [_tree(member, _shares(member, classifies)) for member in members]
    outputs = len(trees[0].values)
    answer = partial(_averaged_response, estimator, count)
    return forest_of(trees, np.zeros(outputs), answer, kind=np.float32)


def _shares(member: Any, classifies: bool) -> list[tuple[int, NDArray[Any]]]:
    values = np.asarray(member.tree_.value[:, 0, :], dtype=np.float64)
    totals = values.sum(axis=1)
    if classifies and not np.allclose(totals, 1):
        # Up to scikit-learn 1.2 a leaf keeps counts.
        values = values / np.where(totals == 0, 1, totals)[:, None]
    return [(output, values[:, output]) for output in range(values.shape[1])]


def _tree(member: Any, values: Sequence[tuple[int, NDArray[Any]]]) -> Tree:
    tree = member.tree_
    left, right = tree.children_left, tree.children_right
    inner = left >= 0
    number = renumbered(inner)
    nan = getattr(tree, "missing_go_to_left", np.zeros(len(left)))
    return Tree(
        tree.feature[inner].tolist(),
        _comparable(tree.threshold[inner]),
        number[left[inner]].tolist(),
        number[right[inner]].tolist(),
        np.asarray(nan, dtype=bool)[inner],
        [(output, np.ascontiguousarray(of_node[~inner])) for output, of_node in values],
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
