"""The words of many texts at once, found and told apart without a loop over them."""

from __future__ import annotations

from collections import defaultdict
from itertools import count

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Integers = NDArray[np.int64]

# Words are compared eight characters at a time, each as its place in the alphabet of the texts.
BLOCK = 8
LARGEST_ALPHABET = 255
LONGEST_WORD = 10 * BLOCK
SHORTEST_WORD = 2


class Words:
    """Numbers words as they are met, from 1 on."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count(1).__next__)

    def known(self) -> list[str]:
        """Give the words met so far, the first of them at place 1."""
        return ["", *self._numbers]

    def find(self, text: str, codes: Integers) -> tuple[Integers, Integers]:
        """Find the words of a text.

        Parameters
        ----------
        text : str
        codes : ndarray of int64, (len(text),)
            Its code points.

        Returns
        -------
        ndarray of int64, (words,)
            The number of each word.
        ndarray of int64, (words,)
            Where each begins.
        """
        if not len(codes):
            return codes, codes
        present = np.flatnonzero(np.bincount(codes)).tolist()
        letters = [code for code in present if chr(code).isalnum() or chr(code) == "_"]
        alphabet = np.zeros(present[-1] + 1, dtype=np.int64)
        alphabet[letters] = np.arange(1, len(letters) + 1)
        places = alphabet[codes]
        begins, ends = _runs(places > 0)
        lengths = ends - begins
        if len(letters) > LARGEST_ALPHABET or (lengths > LONGEST_WORD).any():
            return self.numbers(_sliced(text, begins, ends)), begins
        same, first = _told_apart(places.astype(np.uint8), begins, lengths)
        return self.numbers(_sliced(text, begins[first], ends[first]))[same], begins

    def numbers(self, words: list[str]) -> Integers:
        """Give words their numbers, those that weren't met before the next ones."""
        return np.fromiter(map(self._numbers.__getitem__, words), np.int64, len(words))


def _sliced(text: str, begins: Integers, ends: Integers) -> list[str]:
    return [text[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]


def _runs(inside: NDArray[np.bool_]) -> tuple[Integers, Integers]:
    """Give begin and end of every run that is long enough for a word."""
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    begins, ends = edges[::2], edges[1::2]
    long = ends - begins >= SHORTEST_WORD
    return begins[long], ends[long]


def _told_apart(
    places: NDArray[np.uint8], begins: Integers, lengths: Integers
) -> tuple[Integers, Integers]:
    """Give equal words equal codes, and where each different word is met first."""
    padded = np.append(places, np.zeros(BLOCK, dtype=np.uint8))
    blocks = np.lib.stride_tricks.sliding_window_view(padded, BLOCK)
    codes = np.zeros(len(begins), dtype=np.int64)
    longer = np.arange(len(begins))
    for offset in range(0, LONGEST_WORD, BLOCK):
        left = np.minimum(lengths[longer] - offset, BLOCK)
        block = np.ascontiguousarray(blocks[begins[longer] + offset]).view("<u8").ravel()
        # The first character is the lowest byte; what follows the word is cut off.
        block &= np.uint64(2**64 - 1) >> ((BLOCK - left) * 8).astype(np.uint64)
        pairs = (pd.factorize(codes[longer])[0] << 32) | pd.factorize(block)[0]
        # Words that end in different blocks differ.
        codes[longer] = pd.factorize(pairs)[0] + offset * len(codes)
        longer = longer[lengths[longer] > offset + BLOCK]
        if not len(longer):
            break
    return _numbered_by_appearance(codes)


def _numbered_by_appearance(codes: Integers) -> tuple[Integers, Integers]:
    codes, distinct = pd.factorize(codes)
    first = np.empty(len(distinct), dtype=np.int64)
    # Backwards, so that the first of several stays.
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return codes, first
