"""Which rows of a shuffled matrix differ from the rows as they were, each counted once.

In a column of few values most rows get the value they had, and over several repeats the others
get the same value again and again. A model that looks at one row at a time need predict each
such row once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from .matrices import same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


# Up to so many times as long as the keys, a table of all of them is quicker than sorting.
_SPARSE = 32

# A number that is none, with bits that nothing computes.
_NOTHING = np.uint64(0x7FFC_5EED_0F_AB5E47)

DIFFERENT = 0.9
"""From this share on, values differ from row to row."""


@dataclass(frozen=True)
class Values:
    """Rows of a block by what is in them.

    Attributes
    ----------
    ids : ndarray of int of shape (rows,)
        Equal numbers for rows that are equal bit by bit.
    first : ndarray of int of shape (different rows,)
        A row with each number.
    """

    ids: NDArray[np.intp]
    first: NDArray[np.intp]


@dataclass(frozen=True)
class Changed:
    """The rows to predict for some orders, and where their predictions go.

    Attributes
    ----------
    rows, sources : ndarray of int of shape (wanted,)
        Row `rows[i]` with the block of row `sources[i]`; `rows` never falls, if not `every`.
    kinds : ndarray of int of shape (wanted,)
        What is in the block: the numbers of `Values.ids`.
    places : ndarray of int of shape (changed,)
        Where shuffled rows are not as they were, orders and rows counted as one.
    which : ndarray of int of shape (changed,)
        Which of the wanted rows stands there.
    total : int
        Rows of the matrix.
    every : bool
        Wanted are all rows of the first order, then of the next, and so on.
    """

    rows: NDArray[np.intp]
    sources: NDArray[np.intp]
    kinds: NDArray[np.intp]
    places: NDArray[np.intp]
    which: NDArray[np.intp]
    total: int
    every: bool

    def of(self, order: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Tell which rows one order changes, and which of the wanted rows stand there."""
        bounds = (order * self.total, (order + 1) * self.total)
        at = slice(*np.searchsorted(self.places, bounds).tolist())
        return self.places[at] - bounds[0], self.which[at]


def values_of(matrix: Any, columns: Sequence[int]) -> Values:
    """Tell the different rows apart in some columns of a dense or csr matrix."""
    block = matrix[:, list(columns)]
    return _told_apart(block, _hashes(block))


def values_in(bits: NDArray[np.uint64]) -> Values:
    """Tell the different rows apart by the bits of their numbers, of shape (rows, columns)."""
    return _told_apart(bits, bits[:, 0] if bits.shape[1] == 1 else _hashes_of(bits))


def _told_apart(block: Any, keys: NDArray[np.uint64]) -> Values:
    _, first, ids = np.unique(keys, return_index=True, return_inverse=True)
    ids = ids.reshape(-1)
    if same(block, block[first[ids]], bits=True):
        return Values(ids, first)
    # Two different rows have one hash: once in 2^64 rows or so.
    every = np.arange(block.shape[0])
    return Values(every, every)


def bits_laid_out(matrix: Any) -> NDArray[np.uint64] | None:
    """Lay the bits of a csr matrix out; None where one of its numbers looks like none."""
    if matrix.dtype.kind != "f" or not matrix.has_canonical_format:
        return None
    stored = matrix.data.astype(np.float64).view(np.uint64)
    if (stored == _NOTHING).any():
        return None
    found = np.full(matrix.shape, _NOTHING, dtype=np.uint64)
    found[np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)), matrix.indices] = stored
    return found


def changed_by(values: Values, orders: Sequence[NDArray[np.intp]]) -> Changed:
    """Find what to predict when the rows of a block are taken in these orders."""
    taken = values.ids[np.stack(orders)]
    places = np.flatnonzero(taken != values.ids)
    kinds, total = len(values.first), len(values.ids)
    if kinds >= DIFFERENT * total and len(places) >= DIFFERENT * taken.size:
        # Hardly a row would be counted less often.
        places = np.arange(taken.size)
        rows, found = np.tile(np.arange(total), len(orders)), taken.ravel()
        return Changed(rows, np.concatenate(orders), found, places, places, total, True)
    keys = places % total * kinds + taken.ravel()[places]
    wanted, which = _different(keys, total * kinds)
    rows, found = np.divmod(wanted, kinds)
    return Changed(rows, values.first[found], found, places, which, total, False)


def _different(keys: NDArray[np.intp], most: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Sort keys below `most`, each once, and tell where each of them went."""
    if most > _SPARSE * len(keys):
        found, which = np.unique(keys, return_inverse=True)
        return found, which.reshape(-1)
    there = np.zeros(most, dtype=bool)
    there[keys] = True
    found = np.flatnonzero(there)
    place = np.empty(most, dtype=np.intp)
    place[found] = np.arange(len(found))
    return found, place[keys]


def _hashes(block: Any) -> NDArray[np.uint64]:
    if issparse(block):
        factors, shifts = _draws(block.shape[1])
        mixed = block.copy().astype(np.float64)
        bits = _bits(mixed.data)
        return _row_sums(
            _mixed(bits) * factors[mixed.indices] + shifts[mixed.indices], mixed.indptr
        )
    return _hashes_of(_bits(block))


def _hashes_of(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return np.asarray((_mixed(bits) * _draws(bits.shape[1])[0]).sum(axis=1, dtype=np.uint64))


def _draws(width: int) -> Any:
    draws = np.random.RandomState(0).randint(0, 2**63, size=(2, width), dtype=np.int64)
    return (draws.astype(np.uint64) << np.uint64(1)) | np.uint64(1)


def _row_sums(stored: NDArray[np.uint64], starts: Any) -> NDArray[np.uint64]:
    running = np.concatenate([np.zeros(1, np.uint64), np.cumsum(stored, dtype=np.uint64)])
    return np.asarray(running[starts[1:]] - running[starts[:-1]])


def _bits(values: Any) -> NDArray[np.uint64]:
    return np.ascontiguousarray(values, dtype=np.float64).view(np.uint64)


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    # A multiplication carries upwards only, and short numbers differ in their upper bits only.
    return bits ^ (bits >> np.uint64(29))
