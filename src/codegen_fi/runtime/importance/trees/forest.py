"""Trees taken apart: each test with the leaves it leaves over, each leaf with its value.

A tree's leaves, from left to right, are bits; a test that fails removes the leaves on its left,
and the first leaf that is left over is the row's (QuickScorer: Lucchese et al., SIGIR 2015,
doi:10.1145/2766462.2767733).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .words import FEW, MANY, MOST_WORDS, all_but, bits_of, places

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

MOST_LEAVES = MOST_WORDS * bits_of(MANY)
"""Above, walking down is as quick."""


@dataclass(frozen=True)
class Tree:
    """One tree, as its library describes it.

    Attributes
    ----------
    features, limits, left, right : sequences, (tests,)
        Which column a test compares with which limit, and the children, the root being test 0;
        a negative child is the leaf `~child`.
    nan : sequence of bool, (tests,)
        Whether a value that is not a number goes left.
    zero : sequence of int, (tests,), or None
        Whether a value next to zero goes left whatever the limit: 1 or 0, -1 for as compared.
    values : sequence of (int, ndarray of float of shape (leaves,))
        What the leaves add to which output.
    """

    features: Sequence[int]
    limits: Sequence[float] | NDArray[Any]
    left: Sequence[int]
    right: Sequence[int]
    nan: Sequence[bool] | NDArray[Any]
    values: Sequence[tuple[int, NDArray[Any]]]
    zero: Sequence[int] | NDArray[Any] | None = None


@dataclass(frozen=True)
class Tests:
    """The tests of all trees, one after the other.

    Attributes
    ----------
    tree, feature, limit, nan, zero : ndarrays of shape (tests,)
    kept : ndarray of uint32 or uint64 of shape (tests,), or (tests, words) for larger trees
        The leaves that stay when the test fails.
    """

    tree: NDArray[np.intp]
    feature: NDArray[np.intp]
    limit: NDArray[Any]
    nan: NDArray[np.bool_]
    zero: NDArray[np.int8]
    kept: NDArray[Any]


@dataclass(frozen=True)
class Forest:
    """Trees whose values are added up in their order.

    Attributes
    ----------
    tests : Tests
    values : list of list of (int, ndarray of shape (words * bits,))
        For each tree, what its leaves add to which output, in the order of `words.places`.
    start : ndarray of float of shape (outputs,)
        What the sums begin with.
    strict : bool
        A value goes left that is less than the limit; else one that is equal, too.
    kind : dtype
        That values are compared as.
    answer : callable(name of the method, sums of shape (outputs, rows)) -> response
    """

    tests: Tests
    values: list[list[tuple[int, NDArray[Any]]]]
    start: NDArray[Any]
    strict: bool
    kind: Any
    answer: Callable[[str, Any], Any]


def forest_of(
    trees: Sequence[Tree],
    start: Any,
    answer: Callable[[str, Any], Any],
    *,
    kind: Any,
    strict: bool = False,
) -> Forest:
    """Put trees together.

    Raises
    ------
    ValueError
        When there are none, or one has more than `MOST_LEAVES` leaves.
    """
    most = max((len(tree.features) + 1 for tree in trees), default=0)
    if not trees or most > MOST_LEAVES:
        raise ValueError(f"{len(trees)} trees of up to {most} leaves")
    word = FEW if most <= bits_of(FEW) else MANY
    words = -(-most // bits_of(word))
    parts = [_numbered(tree, word, words) for tree in trees]
    sizes = [len(tree.features) for tree in trees]
    zero = [[-1] * len(tree.features) if tree.zero is None else tree.zero for tree in trees]
    tests = Tests(
        np.repeat(np.arange(len(trees)), sizes),
        _joined([tree.features for tree in trees], np.intp),
        _joined([tree.limits for tree in trees], kind),
        _joined([tree.nan for tree in trees], np.bool_),
        _joined(zero, np.int8),
        np.concatenate([kept for kept, _ in parts]),
    )
    at = places(word, words)
    values = [
        [(output, _placed(of_leaf[leaves], at)) for output, of_leaf in tree.values]
        for tree, (_, leaves) in zip(trees, parts)  # noqa: B905
    ]
    return Forest(tests, values, np.asarray(start), strict, np.dtype(kind), answer)


def _joined(parts: Sequence[Any], kind: Any) -> Any:
    return np.concatenate([np.asarray(part, dtype=kind) for part in parts])


def _placed(values: Any, at: Any) -> Any:
    found = np.zeros(int(at.max()) + 1, dtype=values.dtype)
    found[at[: len(values)]] = values
    return found


def _numbered(tree: Tree, word: Any, words: int) -> tuple[NDArray[Any], list[int]]:
    """Give a tree's leaves bits from left to right.

    Returns
    -------
    kept, leaves
        What a test that fails leaves over; the number of each leaf, from left to right.
    """
    tests = len(tree.features)
    left, right = list(tree.left), list(tree.right)
    kept = np.zeros((tests, words), dtype=word)
    leaves: list[int] = []
    # A test stands on the stack twice: before and after the leaves on its left.
    stack: list[tuple[int, int]] = [(0 if tests else ~0, -1)]
    while stack:
        child, start = stack.pop()
        if child < 0:
            leaves.append(~child)
        elif start < 0:
            stack += [(right[child], -1), (child, len(leaves)), (left[child], -1)]
        else:
            kept[child] = all_but(start, len(leaves), word, words)
    return kept if words > 1 else kept[:, 0], leaves
