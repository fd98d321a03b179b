"""What a tree's tests on one column leave over, for each of the values they can tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .forest import Forest, Tests

NEXT_TO_ZERO = float(np.float32(1e-35))

MOST_BYTES = 1 << 28
"""Most bytes of all tables of a forest."""


@dataclass(frozen=True)
class Cuts:
    """The tests on one column.

    Values are coded by how many limits lie below them; one more code is for no number.

    Attributes
    ----------
    limits : ndarray of shape (limits,)
    trees : ndarray of int of shape (trees,)
        Those that have such tests, in order.
    left : ndarray of shape (trees, codes), or (trees, codes, words)
        The leaves left over.
    """

    limits: NDArray[Any]
    trees: NDArray[np.intp]
    left: NDArray[Any]

    def codes(self, column: Any, strict: bool) -> NDArray[np.intp]:
        """Code values."""
        found: NDArray[np.intp] = np.searchsorted(
            self.limits, column, side="right" if strict else "left"
        )
        missing = np.isnan(column)
        if missing.any():
            found[missing] = len(self.limits) + 1
        return found


def cuts_of(forest: Forest) -> dict[int, Cuts]:
    """Sort the tests of a forest by column.

    Raises
    ------
    ValueError
        When the tables would take too much memory.
    """
    tests = forest.tests
    order = np.argsort(tests.feature, kind="stable")
    features, starts = np.unique(tests.feature[order], return_index=True)
    found: dict[int, Cuts] = {}
    size = 0
    for feature, chosen in zip(features.tolist(), np.split(order, starts[1:])):  # noqa: B905
        found[feature] = _cuts(tests, chosen, forest.strict)
        size += found[feature].left.nbytes
        if size > MOST_BYTES:
            raise ValueError(f"tables of more than {MOST_BYTES} bytes")
    return found


def _cuts(tests: Tests, chosen: NDArray[np.intp], strict: bool) -> Cuts:
    zero = tests.zero[chosen]
    around = _around_zero(tests.limit.dtype, strict) if (zero >= 0).any() else []
    limits = tests.limit[chosen]
    if len(around):
        limits = np.concatenate([limits, np.asarray(around, limits.dtype)])
    limits.sort()
    limits = limits[_changes(limits)]
    # The tests come tree after tree.
    tree = tests.tree[chosen]
    starts = _changes(tree)
    trees, row = tree[starts], np.cumsum(starts) - 1
    kept = tests.kept[chosen]
    numbers = len(limits) + 1
    shape = (len(trees), numbers + 1, *kept.shape[1:])
    if np.prod(shape, dtype=float) * kept.itemsize > MOST_BYTES:
        raise ValueError(f"a table of more than {MOST_BYTES} bytes")
    left = np.full(shape, np.iinfo(kept.dtype).max, dtype=kept.dtype)
    # Codes above a limit fail, and what they fail adds up.
    first_failing = np.searchsorted(limits, tests.limit[chosen]) + 1
    np.bitwise_and.at(left, (row, first_failing), kept)
    left[:, :numbers] = np.bitwise_and.accumulate(left[:, :numbers], axis=1)
    fails = ~tests.nan[chosen]
    np.bitwise_and.at(left[:, numbers], row[fails], kept[fails])
    if len(around):
        below, high = np.searchsorted(limits, around).tolist()
        _zero_is_missing(left[:, below + 1 : high + 1], row, zero, kept)
    return Cuts(limits, trees, left)


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark what differs from the one before; minus zero is zero."""
    found = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def _around_zero(kind: Any, strict: bool) -> list[Any]:
    if strict:
        raise ValueError("zero is missing where limits are exclusive")
    return [np.nextafter(kind.type(-NEXT_TO_ZERO), kind.type(-1)), kind.type(NEXT_TO_ZERO)]


def _zero_is_missing(left: Any, row: Any, zero: Any, kept: Any) -> None:
    if (zero < 0).any():
        raise ValueError("zero is missing in some tests of a column only")
    fails = zero == 0
    left[...] = np.iinfo(left.dtype).max
    for code in range(left.shape[1]):
        np.bitwise_and.at(left[:, code], row[fails], kept[fails])
