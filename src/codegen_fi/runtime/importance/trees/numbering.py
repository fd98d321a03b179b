"""Number the leaves of trees from left to right, all trees at once, level by level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .nodes import Nodes


class Numbers(NamedTuple):
    """Where leaves are in their trees.

    Attributes
    ----------
    place : ndarray of int, (leaves,)
        The number of each, from left to right; -1 for one that no test leads to.
    leaves : ndarray of int, (trees,)
        How many a tree has.
    start, stop : ndarray of int, (tests,)
        Which of them are on the left of a test.
    """

    place: NDArray[np.intp]
    leaves: NDArray[np.intp]
    start: NDArray[np.intp]
    stop: NDArray[np.intp]


def numbered(nodes: Nodes) -> Numbers:
    """Count the leaves of each tree from left to right.

    Raises
    ------
    ValueError
        When a test isn't reached from the root of its tree exactly once.
    """
    branches = nodes.tests > 0
    roots = (np.cumsum(nodes.tests) - nodes.tests)[branches]
    levels = _levels(nodes, roots)
    # A child that is a leaf counts as one: the last place, which no test has.
    tests = len(nodes.features)
    below = np.ones(tests + 1, dtype=np.intp)
    left, right = (np.where(child < 0, tests, child) for child in (nodes.left, nodes.right))
    for level in levels[::-1]:
        below[level] = below[left[level]] + below[right[level]]
    start = np.zeros(tests + 1, dtype=np.intp)
    for level in levels:
        start[left[level]] = start[level]
        start[right[level]] = start[level] + below[left[level]]
    start = start[:tests]
    stop = start + below[left]
    place = np.full(int(nodes.leaves.sum()), -1, dtype=np.intp)
    for child, at in ((nodes.left, start), (nodes.right, stop)):
        place[~child[child < 0]] = at[child < 0]
    place[(np.cumsum(nodes.leaves) - nodes.leaves)[~branches]] = 0
    leaves = np.ones(len(nodes.tests), dtype=np.intp)
    leaves[branches] = below[roots]
    return Numbers(place, leaves, start, stop)


def _levels(nodes: Nodes, roots: Any) -> list[Any]:
    """List the roots, their children, and so on, as far as they are tests."""
    tests = len(nodes.features)
    found = [roots]
    reached = len(roots)
    while len(found[-1]) and reached <= tests:
        children = np.concatenate([nodes.left[found[-1]], nodes.right[found[-1]]])
        found.append(children[children >= 0])
        reached += len(found[-1])
    times = np.bincount(np.concatenate(found), minlength=tests)
    if reached != tests or (times != 1).any():
        raise ValueError("the tests of a tree don't hang together")
    return found
