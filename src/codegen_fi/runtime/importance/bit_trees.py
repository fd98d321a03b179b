"""Sums over boosted trees in which a block of columns comes from other rows.

A tree's leaves, from left to right, are bits; a test that fails removes the leaves on its left,
and the first leaf that is left over is the row's (QuickScorer: Lucchese et al., SIGIR 2015,
doi:10.1145/2766462.2767733). What the tests on a block remove depends on the row that the block
comes from, what the others remove on the row itself. So each is worked out once per row, and a
shuffled row costs one "and" per tree instead of a walk down.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .changed import Changed

MOST_LEAVES = 64

_FEW_LEAVES = 32
# Half as many bits are twice as quick.
_FEW, _MANY = np.dtype(np.uint32), np.dtype(np.uint64)
# How a float keeps the exponent of a power of two.
_FLOATS = {_FEW: (np.float32, np.int32, 23, 127), _MANY: (np.float64, np.int64, 52, 1023)}


@dataclass(frozen=True)
class BitTree:
    """One tree.

    Attributes
    ----------
    features : sequence of int, (tests,)
        Column that each test looks at.
    passes : sequence of callable(column, nan) -> ndarray of bool, (tests,)
        True where a row goes left; `nan` tells which rows are not a number, None for none.
    kept : ndarray of uint32 or uint64, (tests,)
        The leaves that stay when the test fails.
    values : ndarray of float, (leaves,)
        From left to right.
    """

    features: Sequence[int]
    passes: Sequence[Callable[[Any, Any], Any]]
    kept: NDArray[Any]
    values: NDArray[Any]


class BitTrees:
    """Trees whose values are added up in their order, tree i into output i modulo outputs.

    Parameters
    ----------
    trees : sequence of BitTree
    outputs : int
    matrix : ndarray of shape (rows, columns)
    """

    def __init__(self, trees: Sequence[BitTree], outputs: int, matrix: Any) -> None:
        self._trees = trees
        self._outputs = outputs
        used = sorted({feature for tree in trees for feature in tree.features})
        self._columns = {feature: np.ascontiguousarray(matrix[:, feature]) for feature in used}
        self._nan = {feature: _nan(column) for feature, column in self._columns.items()}
        self._rows = matrix.shape[0]

    def sums_of(
        self, blocks: Sequence[NDArray[np.intp]], wanted: Sequence[Changed]
    ) -> tuple[list[NDArray[Any]], NDArray[Any]]:
        """Add up the changed rows of each block, and the rows as they are.

        Returns
        -------
        list of ndarray of shape (wanted rows, outputs); ndarray of shape (rows, outputs)
        """
        kind = self._trees[0].values.dtype
        unchanged = np.zeros((self._outputs, self._rows), dtype=kind)
        totals = [np.zeros((self._outputs, len(each.rows)), dtype=kind) for each in wanted]
        block_of = {int(column): i for i, block in enumerate(blocks) for column in block}
        for number, tree in enumerate(self._trees):
            tests = _by_block(tree, block_of)
            parts = {block: self._left(tree, each) for block, each in tests.items()}
            others = _all_but(parts, _every(tree, self._rows))
            leaves = _every(tree, self._rows)
            for part in parts.values():
                leaves &= part
            before = tree.values[_first(leaves)]
            unchanged[number % self._outputs] += before
            for block, (total, todo) in enumerate(zip(totals, wanted)):  # noqa: B905
                if block in parts:
                    left = others[block][todo.rows] & parts[block][todo.sources]
                    total[number % self._outputs] += tree.values[_first(left)]
                else:
                    total[number % self._outputs] += before[todo.rows]
        return [total.T for total in totals], unchanged.T

    def _left(self, tree: BitTree, tests: Any) -> NDArray[Any]:
        """Give the leaves that some of a tree's tests leave over for each row."""
        left = _every(tree, self._rows)
        every = left.dtype.type(np.iinfo(left.dtype).max)
        for test in tests:
            feature = tree.features[test]
            passed = tree.passes[test](self._columns[feature], self._nan[feature])
            left &= np.where(passed, every, tree.kept[test])
        return left


def numbered(left: Sequence[int], right: Sequence[int]) -> tuple[NDArray[Any], list[int]]:
    """Give a tree's leaves bits from left to right.

    Parameters
    ----------
    left, right : sequences of int, (tests,)
        Children of each test, the first test the root; a negative one is the leaf `~child`.

    Returns
    -------
    kept, leaves
        What a test that fails leaves over; the given number of each leaf, from left to right.
    """
    kind = _FEW if len(left) < _FEW_LEAVES else _MANY
    most = int(np.iinfo(kind).max)
    kept = np.full(len(left), most, dtype=kind)
    leaves: list[int] = []
    if not len(left):
        return kept, [0]
    # A test stands on the stack twice: before and after the leaves on its left.
    stack: list[tuple[int, int]] = [(0, -1)]
    while stack:
        child, start = stack.pop()
        if child < 0:
            leaves.append(~child)
        elif start < 0:
            stack += [(int(right[child]), -1), (child, len(leaves)), (int(left[child]), -1)]
        else:
            removed = (1 << len(leaves)) - (1 << start)
            kept[child] = kind.type(most & ~removed)
    return kept, leaves


def _nan(column: Any) -> Any:
    found = np.isnan(column)
    return found if found.any() else None


def _by_block(tree: BitTree, block_of: dict[int, int]) -> dict[int, list[int]]:
    """List the tests on each block; those on no block go under -1."""
    found: dict[int, list[int]] = {}
    for test, feature in enumerate(tree.features):
        found.setdefault(block_of.get(int(feature), -1), []).append(test)
    return found


def _every(tree: BitTree, rows: int) -> NDArray[Any]:
    return np.full(rows, np.iinfo(tree.kept.dtype).max, dtype=tree.kept.dtype)


def _all_but(parts: dict[int, Any], every: NDArray[Any]) -> dict[int, Any]:
    """Put all parts but one together, for each."""
    names = list(parts)
    found: dict[int, Any] = {}
    running = every
    for name in names:
        found[name] = running
        running = running & parts[name]
    running = every
    for name in reversed(names):
        found[name] = found[name] & running
        running = running & parts[name]
    return found


def _first(left: NDArray[Any]) -> NDArray[Any]:
    """Give the place of the lowest bit: a power of two is its exponent as a float."""
    kind, whole, shift, bias = _FLOATS[left.dtype]
    lowest = left & (~left + left.dtype.type(1))
    return np.asarray((lowest.astype(kind).view(whole) >> shift) - bias)
