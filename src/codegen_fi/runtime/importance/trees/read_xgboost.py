"""XGBoost's trees, read from what it saves a model as.

What it makes of their sum it is asked itself: a copy of the model without trees takes the sums
for its base margin.
"""

from __future__ import annotations

import copy
import json
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from .forest import Forest, forest_of
from .nodes import Nodes, apart
from .ubjson import arrays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_TRIED = 16


def read_xgboost(estimator: Any, width: int) -> Forest:
    """Take a fitted XGBoost estimator apart.

    Raises
    ------
    Exception
        For a model that isn't a sum of trees over numbers, and where the library can't save UBJSON.
    """
    booster = estimator.get_booster()
    # All but the trees, of which there is one for each output.
    model = json.loads(bytes(booster[:1].save_raw(raw_format="json")))
    learner = model["learner"]
    boosting = learner["gradient_booster"]
    if boosting["name"] != "gbtree" or booster.attr("best_iteration") is not None:
        raise ValueError("not a sum of all trees")
    if any(int(each["tree_param"].get("size_leaf_vector", 1)) > 1 for each in _trees(model)):
        raise ValueError("a tree with vectors")
    outputs = max(1, int(learner["learner_model_param"]["num_class"]))
    raw = bytes(booster.save_raw(raw_format="ubj"))
    nodes = _nodes(raw, np.array(boosting["model"]["tree_info"], dtype=np.intp))
    bare = copy.copy(estimator)
    bare._Booster = _without_trees(model, booster)
    scores = np.array(json.loads(learner["learner_model_param"]["base_score"]), dtype=np.float32)
    start = _margin(booster, np.broadcast_to(scores.reshape(-1), outputs), width)
    answer = partial(_response, bare)
    return forest_of(nodes, start, answer, kind=np.float32, strict=True)


def _trees(model: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = model["learner"]["gradient_booster"]["model"]["trees"]
    return found


def _margin(booster: Any, scores: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Find the margin that stands for the base scores: the library tells which it is."""
    rows = np.random.RandomState(0).random_sample((_TRIED, width)).astype(np.float32)
    rows = 4 * rows - 2
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


def _nodes(raw: bytes, outputs: NDArray[np.intp]) -> Nodes:
    """Read the trees; every round adds to the same outputs."""
    numbers, sizes = arrays(raw, "split_conditions")
    left, right, features, default, kinds = (
        _as_long(raw, name, sizes)
        for name in (
            "left_children",
            "right_children",
            "split_indices",
            "default_left",
            "split_type",
        )
    )
    if kinds.any():
        raise ValueError("a test on categories")
    if len(sizes) % len(outputs):
        raise ValueError("a round with fewer trees")
    inner, children = apart(sizes, left, right)
    return Nodes(
        features=features[inner],
        limits=numbers[inner],
        nan=default[inner] > 0,
        values=[numbers[~inner]],
        outputs=np.tile(outputs, len(sizes) // len(outputs)),
        **children,
    )


def _as_long(raw: bytes, name: str, sizes: NDArray[np.intp]) -> NDArray[np.intp]:
    found, lengths = arrays(raw, name)
    if lengths.tolist() != sizes.tolist():
        raise ValueError(f"{name} of a tree is cut off")
    return found.astype(np.intp)


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
