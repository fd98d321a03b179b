"""Trees taken apart: each test with the leaves it leaves over, each leaf with its value.

A tree's leaves, from left to right, are bits; a test that fails removes the leaves on its left,
and the first leaf that is left over is the row's (QuickScorer: Lucchese et al., SIGIR 2015,
doi:10.1145/2766462.2767733).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .numbering import numbered
from .words import FEW, MANY, MOST_WORDS, all_but, bits_of, places

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from .nodes import Nodes

MOST_LEAVES = MOST_WORDS * bits_of(MANY)
"""Above, walking down is as quick."""


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
    tables : list of ndarray of shape (trees, places)
        What the leaves of each tree add, in the order of `words.places`.
    outputs : ndarray of int of shape (trees,), or None
        The output that a tree adds to, by the only table; None for one table for each output.
    start : ndarray of float of shape (outputs,)
        What the sums begin with.
    strict : bool
        A value goes left that is less than the limit; else one that is equal, too.
    kind : dtype
        That values are compared as.
    answer : callable(name of the method, sums of shape (outputs, rows)) -> response
    """

    tests: Tests
    tables: list[NDArray[Any]]
    outputs: NDArray[np.intp] | None
    start: NDArray[Any]
    strict: bool
    kind: Any
    answer: Callable[[str, Any], Any]

    @property
    def trees(self) -> int:
        """How many there are."""
        return len(self.tables[0])

    @property
    def words(self) -> int:
        """Words that a row takes in a tree."""
        return self.tests.kept.shape[1] if len(self.tests.kept.shape) > 1 else 1

    def added(self, tree: int) -> list[tuple[int, NDArray[Any]]]:
        """Give what a tree's leaves add to which output."""
        if self.outputs is None:
            return [(output, table[tree]) for output, table in enumerate(self.tables)]
        return [(int(self.outputs[tree]), self.tables[0][tree])]


def forest_of(
    nodes: Nodes,
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
    trees = len(nodes.tests)
    numbers = numbered(nodes)
    most = int(numbers.leaves.max(initial=0))
    if not trees or most > MOST_LEAVES:
        raise ValueError(f"{trees} trees of up to {most} leaves")
    word = FEW if most <= bits_of(FEW) else MANY
    words = -(-most // bits_of(word))
    zero = np.full(len(nodes.features), -1) if nodes.zero is None else nodes.zero
    tests = Tests(
        np.repeat(np.arange(trees), nodes.tests),
        nodes.features.astype(np.intp),
        nodes.limits.astype(kind),
        nodes.nan.astype(np.bool_),
        zero.astype(np.int8),
        all_but(numbers.start, numbers.stop, word, words),
    )
    tables = _tables(nodes, numbers.place, word, words)
    return Forest(tests, tables, nodes.outputs, np.asarray(start), strict, np.dtype(kind), answer)


def _tables(nodes: Nodes, place: NDArray[np.intp], word: Any, words: int) -> list[NDArray[Any]]:
    trees, order = len(nodes.tests), places(word, words)
    there = place >= 0
    tree = np.repeat(np.arange(trees), nodes.leaves)[there]
    at = order[place[there]]
    tables = []
    for values in nodes.values:
        placed = np.zeros((trees, int(order.max()) + 1), dtype=values.dtype)
        placed[tree, at] = values[there]
        tables.append(placed)
    return tables
