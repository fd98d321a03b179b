"""The tests and leaves of trees, tree after tree, in the numbers that their libraries give them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Nodes:
    """All tests, and all leaves, of some trees.

    Attributes
    ----------
    tests, leaves : ndarray of int, (trees,)
        How many a tree has. Its first test is its root; without tests, its first leaf is.
    features, limits, nan : ndarrays, (tests,)
        Which column a test compares with which limit; whether no number goes left.
    left, right : ndarray of int, (tests,)
        The children, counted over all trees: a test, or `~leaf` for a leaf.
    values : sequence of ndarray of float, (leaves,)
        What the leaves add: in one table for all trees, or in one for each output.
    outputs : ndarray of int, (trees,), or None
        The output that a tree adds to; None where each adds to all of them.
    zero : ndarray of int, (tests,), or None
        Whether a value next to zero goes left whatever the limit: 1 or 0, -1 for as compared.
    """

    tests: NDArray[np.intp]
    leaves: NDArray[np.intp]
    features: NDArray[Any]
    limits: NDArray[Any]
    nan: NDArray[Any]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    values: Sequence[NDArray[Any]]
    outputs: NDArray[np.intp] | None = None
    zero: NDArray[Any] | None = None


def apart(
    sizes: NDArray[np.intp], left: NDArray[np.intp], right: NDArray[np.intp]
) -> tuple[NDArray[np.bool_], dict[str, Any]]:
    """Tell tests from leaves where one list of a tree holds both, and count each of them.

    Parameters
    ----------
    sizes : ndarray of int, (trees,)
        How many nodes a tree has, its root first.
    left, right : ndarray of int, (nodes,)
        The children, counted from the root; negative for a leaf's.

    Returns
    -------
    ndarray of bool of shape (nodes,)
        True for a test.
    dict
        The fields `tests`, `leaves`, `left` and `right` of `Nodes`.
    """
    inner = left >= 0
    number = np.where(inner, np.cumsum(inner) - 1, -np.cumsum(~inner))
    ends = np.cumsum(sizes)
    start = np.repeat(ends - sizes, sizes)[inner]
    tests = np.diff(np.concatenate([[0], np.cumsum(inner)[ends - 1]]))
    return inner, {
        "tests": tests,
        "leaves": sizes - tests,
        "left": number[left[inner] + start],
        "right": number[right[inner] + start],
    }
