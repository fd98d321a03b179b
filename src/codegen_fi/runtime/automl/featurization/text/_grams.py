"""The n-grams of many texts at once, as whole numbers in scikit-learn's order.

Texts are laid end to end with a zero between them. Characters are then their code points, words are
numbered as they are met, and an n-gram is the number that its parts make side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._tokens import Integers, Words

# Keys of the n-grams, text after text, and how many each text has.
Stream = tuple[Integers, Integers]

SEPARATOR = "\0"
SPACES_IN_A_ROW = re.compile(r"\s\s+")
CHARACTER_BITS, WORD_BITS = 21, 31
# Spelled n-grams that are parted at once; bounds the memory, not the result.
TERMS_AT_ONCE = 1 << 16
SPACE = ord(" ")
LAST_SPACE = 0x3000
IS_SPACE = np.array([chr(code).isspace() for code in range(LAST_SPACE + 1)] + [False])


class UnsuitableError(ValueError):
    """The texts hold what the fast way cannot tell apart."""


class CharacterGrams:
    """N-grams of one to three characters across words, as the analyzer ``char`` makes them."""

    longest = 3

    def __init__(self, sizes: Sequence[int], *, lowercase: bool) -> None:
        self.sizes, self.lowercase = sizes, lowercase

    def __call__(self, texts: list[str]) -> Stream:
        """Give the n-grams of some texts."""
        joined = _joined(texts, lowercase=self.lowercase)
        codes = _code_points(joined)
        spaces = _is_space(codes)
        if (spaces[1:] & spaces[:-1]).any():
            codes = _code_points(SPACES_IN_A_ROW.sub(" ", joined))
        return _windows(codes, len(texts), self.sizes, CHARACTER_BITS)

    def terms(self, keys: Integers) -> Iterator[str]:
        """Spell n-grams."""
        mask = (1 << CHARACTER_BITS) - 1
        shifts = [place * CHARACTER_BITS for place in reversed(range(self.longest))]
        codes = np.column_stack([(keys >> shift) & mask for shift in shifts]).astype("<u4")
        spelled = np.empty(len(keys), dtype=object)
        sizes = (codes > 0).sum(axis=1)
        for size in np.unique(sizes):
            chosen = sizes == size
            shown = np.ascontiguousarray(codes[chosen, -size:])
            spelled[chosen] = shown.view(f"<U{size}").ravel().tolist()
        return iter(spelled.tolist())

    def order(self, keys: Integers) -> Integers:
        """Tell which n-gram comes first, second ... when they are sorted as text."""
        first = keys
        for place in range(1, self.longest):
            short = keys < 1 << (place * CHARACTER_BITS)
            first = np.where(short, first << CHARACTER_BITS, first)
        return np.argsort(first)


class InnerGrams(CharacterGrams):
    """Three characters within a word and the spaces around it, as ``char_wb`` makes them."""

    def __call__(self, texts: list[str]) -> Stream:
        """Give the n-grams of some texts."""
        codes = _code_points(_joined(texts, lowercase=self.lowercase))
        ends = _ends(codes, len(texts))
        codes[_is_space(codes) | (codes == 0)] = SPACE
        padded = np.concatenate([[SPACE], codes, [SPACE]])
        middle = np.flatnonzero(codes != SPACE)
        keys = padded[middle]
        for place in (1, 2):
            keys = (keys << CHARACTER_BITS) | padded[middle + place]
        return keys, np.diff(np.searchsorted(middle, ends), prepend=0)


class WordGrams:
    """Words and pairs of neighbours, as the analyzer ``word`` makes them."""

    longest = 2

    def __init__(self, sizes: Sequence[int], *, lowercase: bool) -> None:
        self.sizes, self.lowercase = sizes, lowercase
        self._words = Words()

    def __call__(self, texts: list[str]) -> Stream:
        """Give the n-grams of some texts."""
        text = _joined(texts, lowercase=self.lowercase)
        codes = _code_points(text)
        numbers, begins = self._words.find(text, codes)
        per_text = np.diff(np.searchsorted(begins, _ends(codes, len(texts))), prepend=0)
        owners = np.repeat(np.arange(len(texts)), per_text)
        apart = np.zeros(len(numbers) + len(texts) - 1, dtype=np.int64)
        apart[np.arange(len(numbers)) + owners] = numbers
        return _windows(apart, len(texts), self.sizes, WORD_BITS)

    def terms(self, keys: Integers) -> Iterator[str]:
        """Spell n-grams, one after the other: there may be millions of them."""
        words = self._words.known()
        first, last = _halves(keys)
        for one, other in zip(first.tolist(), last.tolist(), strict=True):
            yield f"{words[one]} {words[other]}" if one else words[other]

    def keys(self, terms: Iterable[str]) -> Integers:
        """Give the keys of spelled n-grams."""
        left, found = iter(terms), [np.empty(0, dtype=np.int64)]
        while some := [term.partition(" ") for term in islice(left, TERMS_AT_ONCE)]:
            first = self._words.numbers([one for one, _, _ in some])
            last = self._words.numbers([other for _, _, other in some])
            alone = np.array([not space for _, space, _ in some])
            found.append(np.where(alone, first, (first << WORD_BITS) | last))
        return np.concatenate(found)

    def order(self, keys: Integers) -> Integers:
        """Tell which n-gram comes first, second ... when they are sorted as text."""
        words = self._words.known()
        ranks = np.empty(len(words), dtype=np.int64)
        ranks[sorted(range(len(words)), key=words.__getitem__)] = np.arange(len(words))
        first, last = _halves(keys)
        # A space sorts before any character of a word, so that words compare one by one.
        leading = np.where(first > 0, first, last)
        return np.argsort((ranks[leading] << WORD_BITS) | np.where(first > 0, ranks[last], 0))


def _halves(keys: Integers) -> Stream:
    return keys >> WORD_BITS, keys & ((1 << WORD_BITS) - 1)


def _joined(texts: list[str], *, lowercase: bool) -> str:
    joined = SEPARATOR.join(texts)
    return joined.lower() if lowercase else joined


def _code_points(text: str) -> Integers:
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8).astype(np.int64)
    wide = text.encode("utf-32-le", "surrogatepass")
    return np.frombuffer(wide, "<u4").astype(np.int64)


def _is_space(codes: Integers) -> NDArray[np.bool_]:
    return np.asarray(IS_SPACE[np.minimum(codes, LAST_SPACE + 1)])


def _ends(codes: Integers, count: int) -> Integers:
    """Give where each text ends."""
    ends = np.append(np.flatnonzero(codes == 0), len(codes))
    if len(ends) != count:
        raise UnsuitableError("a text holds the separator")
    return ends


def _windows(codes: Integers, count: int, sizes: Sequence[int], bits: int) -> Stream:
    """Slide a window of each size over the texts."""
    lengths = np.diff(_ends(codes, count), prepend=-1) - 1
    inside = codes != 0
    keys, whole, streams = codes, inside, []
    for size in range(1, sizes[-1] + 1):
        if size > 1:
            keys = (keys[:-1] << bits) | codes[size - 1 :]
            whole = whole[:-1] & inside[size - 1 :]
        if size in sizes:
            streams.append((keys[whole], np.maximum(lengths - size + 1, 0)))
    return streams[0] if len(streams) == 1 else _interleaved(streams)


def _interleaved(streams: list[Stream]) -> Stream:
    """Put the n-grams of one text together, the shorter ones first."""
    totals = np.sum([per_text for _, per_text in streams], axis=0)
    places = np.cumsum(totals) - totals
    mixed = np.empty(int(totals.sum()), dtype=np.int64)
    for keys, per_text in streams:
        begins = np.cumsum(per_text) - per_text
        mixed[np.arange(len(keys)) + np.repeat(places - begins, per_text)] = keys
        places = places + per_text
    return mixed, totals


ANALYZERS: dict[str, Any] = {"char": CharacterGrams, "char_wb": InnerGrams, "word": WordGrams}
