"""XGBoost's trees, read from the JSON it saves a model as.

What it makes of their sum it is asked itself: a copy of the model without trees takes the sums
for its base margin.
"""

from __future__ import annotations

import copy
import json
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from .forest import Forest, forest_of
from .nodes import Nodes, apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_TRIED = 16


def read_xgboost(estimator: Any, width: int) -> Forest:
    """Take a fitted XGBoost estimator apart.

    Raises
    ------
    Exception
        For a model that isn't a sum of trees over numbers, and where the library can't save JSON.
    """
    booster = estimator.get_booster()
    model = json.loads(bytes(booster.save_raw(raw_format="json")))
    learner = model["learner"]
    boosting = learner["gradient_booster"]
    if boosting["name"] != "gbtree" or "best_iteration" in learner.get("attributes", {}):
        raise ValueError("not a sum of all trees")
    outputs = max(1, int(learner["learner_model_param"]["num_class"]))
    nodes = _nodes(boosting["model"]["trees"], boosting["model"]["tree_info"])
    bare = copy.copy(estimator)
    bare._Booster = _without_trees(model, booster)
    scores = np.array(json.loads(learner["learner_model_param"]["base_score"]), dtype=np.float32)
    start = _margin(booster, np.broadcast_to(scores.reshape(-1), outputs), width)
    answer = partial(_response, bare)
    return forest_of(nodes, start, answer, kind=np.float32, strict=True)


def _margin(booster: Any, scores: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Find the margin that stands for the base scores: the library tells which it is."""
    rows = np.random.RandomState(0).normal(size=(_TRIED, width)).astype(np.float32)
    ask = partial(booster.inplace_predict, rows, predict_type="margin", validate_features=False)
    expected = ask()
    for margin in _margins(scores):
        given = np.repeat(margin[None], len(rows), axis=0)
        said = ask(base_margin=given[:, 0] if len(margin) == 1 else given)
        if np.array_equal(said, expected):
            return margin
    raise ValueError("no margin stands for the base score")


def _margins(scores: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
    """List what may stand for base scores: themselves, log odds, logarithms, and neighbours."""
    yield scores
    with np.errstate(all="ignore"):
        odds = (np.float32(1) / scores - np.float32(1)).astype(np.float64)
        for margin in (-np.log(odds), np.log(scores.astype(np.float64))):
            # The library's logarithm of short numbers may differ in the last bits.
            for bits in (0, 1, -1, 2, -2):
                yield (margin.astype(np.float32).view(np.int32) + np.int32(bits)).view(np.float32)


def _nodes(trees: Sequence[dict[str, Any]], outputs: Sequence[int]) -> Nodes:
    if any(
        any(tree.get("split_type", ())) or int(tree["tree_param"].get("size_leaf_vector", 1)) > 1
        for tree in trees
    ):
        raise ValueError("a tree with categories or vectors")
    left, right, features, default = (
        np.array(list(chain.from_iterable(tree[name] for tree in trees)), dtype=np.intp)
        for name in ("left_children", "right_children", "split_indices", "default_left")
    )
    numbers = np.array(
        list(chain.from_iterable(tree["split_conditions"] for tree in trees)), dtype=np.float32
    )
    sizes = np.array([len(tree["left_children"]) for tree in trees], dtype=np.intp)
    inner, children = apart(sizes, left, right)
    return Nodes(
        features=features[inner],
        limits=numbers[inner],
        nan=default[inner] > 0,
        values=[numbers[~inner]],
        outputs=np.array(outputs, dtype=np.intp),
        **children,
    )


def _without_trees(model: dict[str, Any], booster: Any) -> Any:
    trees = model["learner"]["gradient_booster"]["model"]
    trees["trees"], trees["tree_info"] = [], []
    trees["gbtree_model_param"]["num_trees"] = "0"
    # Rows of one column cost the least.
    model["learner"]["learner_model_param"]["num_feature"] = "1"
    model["learner"]["feature_names"], model["learner"]["feature_types"] = [], []
    if "iteration_indptr" in trees:
        trees["iteration_indptr"] = [0]
    bare = type(booster)()
    bare.load_model(bytearray(json.dumps(model).encode()))
    bare.set_param({"nthread": 1})
    return bare


def _response(bare: Any, name: str, sums: NDArray[np.float32]) -> Any:
    rows = np.zeros((sums.shape[1], 1), dtype=np.float32)
    margin = sums[0] if len(sums) == 1 else np.ascontiguousarray(sums.T)
    return getattr(bare, name)(rows, base_margin=margin, validate_features=False)
