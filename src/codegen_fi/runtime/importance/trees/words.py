"""Words of 32 or 64 bits, one bit for each leaf of a tree, and where the first leaf's is.

Words of 32 bits have the first leaf in their highest bit: as a long float such a word is exact, and
the exponent is its place. In words of 64 bits it is in the lowest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW, MANY = np.dtype(np.uint32), np.dtype(np.uint64)

MOST_WORDS = 8
"""Words of 64 bits that a tree may take; one of 32 bits stands alone."""

# A power of two times this has another number in its uppermost bits for each power (Leiserson,
# Prokop, Randall: Using de Bruijn sequences to index a 1 in a computer word, 1998).
_SEQUENCE, _SHIFT = MANY.type(0x218A392CD3D5DBF), MANY.type(58)
# How a long float keeps the exponent of a power of two.
_EXPONENT, _BIAS = 52, 1023


def bits_of(word: Any) -> int:
    """Count the bits of a word."""
    return 8 * int(np.dtype(word).itemsize)


def all_but(start: Any, stop: Any, word: Any, words: int) -> NDArray[Any]:
    """Give the words of all leaves but some.

    Parameters
    ----------
    start, stop : ndarray of int, (sets of leaves,)
        Those from `start` up to `stop` are left out.

    Returns
    -------
    ndarray of shape (sets of leaves,), or (sets of leaves, words) where there are several
    """
    if word == FEW:
        bits = bits_of(FEW)
        left_out = _BELOW[bits - start] & ~_BELOW[bits - stop]
        return np.asarray(~left_out.astype(FEW))
    first_of_word = np.arange(words) * bits_of(MANY)
    from_, to = (
        _BELOW[np.clip(np.asarray(each)[:, None] - first_of_word, 0, bits_of(MANY))]
        for each in (start, stop)
    )
    kept = ~(to & ~from_)
    return kept if words > 1 else kept[:, 0]


def places(word: Any, words: int) -> NDArray[np.intp]:
    """Tell where `first` finds each leaf."""
    if word == FEW:
        return np.arange(bits_of(FEW) - 1, -1, -1) + _BIAS
    powers = np.left_shift(MANY.type(1), np.arange(bits_of(MANY), dtype=MANY))
    return np.concatenate([_place(powers) + i * bits_of(MANY) for i in range(words)])


def first(left: NDArray[Any], words: int) -> NDArray[np.intp]:
    """Find the first leaf that is left over in each row.

    Parameters
    ----------
    left : ndarray of shape (..., ) or, for several words, (..., words)
        In each row there is one at least.
    words : int
        Of a row.

    Returns
    -------
    ndarray of int of shape (...,)
    """
    if left.dtype == FEW:
        place = left.astype(np.float64).view(np.int64)
        place >>= _EXPONENT
        return np.asarray(place)
    if words == 1:
        return _place(_only_lowest(left))
    if words == 2:  # noqa: PLR2004
        return _first_of_two(left)
    return _first_of_many(left.reshape(-1, words)).reshape(left.shape[:-1])


def _first_of_two(left: NDArray[Any]) -> NDArray[np.intp]:
    empty = left[..., 0] == 0
    place = _place(_only_lowest(np.where(empty, left[..., 1], left[..., 0])))
    place += empty * bits_of(MANY)
    return place


def _first_of_many(left: NDArray[Any]) -> NDArray[np.intp]:
    # One byte for each word of a row, read as one number: its lowest bit is the word's.
    filled = np.zeros((len(left), MOST_WORDS), dtype=bool)
    np.not_equal(left, 0, out=filled[:, : left.shape[1]])
    at = _BYTE_OF[_place(_only_lowest(filled.view("<u8").ravel()))]
    place = _place(_only_lowest(left.ravel()[at + np.arange(0, left.size, left.shape[1])]))
    at *= bits_of(MANY)
    place += at
    return place


def _only_lowest(words: NDArray[Any]) -> NDArray[Any]:
    return words & np.negative(words)


def _place(powers: NDArray[Any]) -> NDArray[np.intp]:
    multiplied = powers * _SEQUENCE
    multiplied >>= _SHIFT
    return np.asarray(multiplied.astype(np.intp))


# Words of the first so many bits.
_BELOW = np.append(
    np.left_shift(MANY.type(1), np.arange(64, dtype=MANY)) - MANY.type(1), ~MANY.type(0)
)
_POWERS = np.left_shift(MANY.type(1), np.arange(64, dtype=MANY))
_BYTE_OF = np.empty(64, dtype=np.intp)
_BYTE_OF[_place(_POWERS)] = np.arange(64) // 8
