"""Words of 32 or 64 bits, one bit for each leaf of a tree, and where their lowest bit is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW, MANY = np.dtype(np.uint32), np.dtype(np.uint64)

# A power of two times one of these has another number in its uppermost bits for each power
# (Leiserson, Prokop, Randall: Using de Bruijn sequences to index a 1 in a computer word, 1998).
_SEQUENCES = {FEW: 0x4653ADF, MANY: 0x218A392CD3D5DBF}
_SHIFTS = {FEW: 27, MANY: 58}


MOST_WORDS = 8


def bits_of(word: Any) -> int:
    """Count the bits of a word."""
    return 8 * int(np.dtype(word).itemsize)


def places(word: Any, words: int) -> NDArray[np.intp]:
    """Tell where `lowest` finds each bit, those of the first word first."""
    powers = np.left_shift(word.type(1), np.arange(bits_of(word), dtype=word))
    return np.concatenate([_place(powers) + i * bits_of(word) for i in range(words)])


def lowest(left: NDArray[Any]) -> NDArray[np.intp]:
    """Find the lowest bit of each row.

    Parameters
    ----------
    left : ndarray of shape (rows,) or (rows, words)
        Each row has a bit in one of its words at least.
    """
    if left.ndim == 1:
        return _place(_only_lowest(left))
    # One byte for each word of a row, read as one number: its lowest bit is the word's.
    filled = np.zeros((len(left), MOST_WORDS), dtype=bool)
    np.not_equal(left, 0, out=filled[:, : left.shape[1]])
    at = _BYTE_OF[_place(_only_lowest(filled.view("<u8").ravel()))]
    bits = bits_of(left.dtype)
    place = _place(_only_lowest(left.ravel()[at + np.arange(0, left.size, left.shape[1])]))
    at *= bits
    place += at
    return place


def _only_lowest(words: NDArray[Any]) -> NDArray[Any]:
    return words & np.negative(words)


def _place(powers: NDArray[Any]) -> NDArray[np.intp]:
    word = powers.dtype
    multiplied = powers * word.type(_SEQUENCES[word])
    multiplied >>= word.type(_SHIFTS[word])
    return np.asarray(multiplied.astype(np.intp))


_POWERS = np.left_shift(MANY.type(1), np.arange(64, dtype=MANY))
_BYTE_OF = np.empty(64, dtype=np.intp)
_BYTE_OF[_place(_POWERS)] = np.arange(64) // 8
