"""Which columns of a vocabulary n-grams have: met and spelled one by one, or looked up by key.

Spelling is for few texts and for characters. Pairs of words are millions, and each would be spelled
and looked for among millions of others; there, the vocabulary is given keys once.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat
from typing import Any, Protocol

import numpy as np
import pandas as pd

from ._numbering import Numbering
from ._tokens import Integers

# A text of so many characters has about one n-gram of each size.
CHARACTERS_OF_A_WORD = 6
# Giving keys to a vocabulary takes about as long as so many look-ups by them save.
WORTH_KEYS = 4


class Columns(Protocol):
    """Gives n-grams their columns."""

    def columns(self, keys: Integers, per_text: Integers) -> tuple[Any, Any]:
        """Give the columns of n-grams, without those that have none, and how many a text has."""
        ...  # pragma: no cover


class Met:
    """Numbers n-grams as they are met: the columns of a vocabulary in the making."""

    def __init__(self) -> None:
        self._met = Numbering()

    @property
    def keys(self) -> Integers:
        """All n-grams met so far, by their numbers."""
        return self._met.known()

    def columns(self, keys: Integers, per_text: Integers) -> tuple[Any, Any]:
        """Give each n-gram its number."""
        return self._met.numbers(keys)[0], per_text


class Spelled:
    """Spells each n-gram once and looks it up."""

    def __init__(self, analyzer: Any, vocabulary: Mapping[str, int]) -> None:
        self._analyzer, self._vocabulary = analyzer, vocabulary
        self._met = Numbering()
        self._columns = np.empty(0, dtype=np.int32)

    def columns(self, keys: Integers, per_text: Integers) -> tuple[Any, Any]:
        """Give the columns of n-grams, without those that have none, and how many a text has."""
        numbers, new = self._met.numbers(keys)
        places = map(self._vocabulary.get, self._analyzer.terms(new), repeat(-1))
        self._columns = np.append(self._columns, np.fromiter(places, np.int32, len(new)))
        return _kept(self._columns[numbers], per_text)


class Keyed:
    """Looks n-grams up by the keys of a vocabulary."""

    def __init__(self, analyzer: Any, vocabulary: Mapping[str, int]) -> None:
        self._index = pd.Index(analyzer.keys(vocabulary))
        self._columns = np.fromiter(vocabulary.values(), np.int32, len(vocabulary))

    def columns(self, keys: Integers, per_text: Integers) -> tuple[Any, Any]:
        """Give the columns of n-grams, without those that have none, and how many a text has."""
        places = self._index.get_indexer(pd.Index(keys))
        return _kept(np.where(places < 0, -1, self._columns[places]), per_text)


def columns_of(analyzer: Any, vocabulary: Mapping[str, int] | None, characters: int) -> Columns:
    """Choose what is quicker for texts of so many characters.

    Parameters
    ----------
    analyzer : one of ``ANALYZERS``
    vocabulary : dict of str to int, or None
        None where it is yet to be made.
    characters : int
    """
    if vocabulary is None:
        return Met()
    expected = characters // CHARACTERS_OF_A_WORD * len(analyzer.sizes)
    many = bool(vocabulary) and WORTH_KEYS * len(vocabulary) <= expected
    kind = Keyed if many and hasattr(analyzer, "keys") else Spelled
    return kind(analyzer, vocabulary)


def _kept(found: Any, per_text: Integers) -> tuple[Any, Any]:
    kept = found >= 0
    owners = np.repeat(np.arange(len(per_text)), per_text)[kept]
    return found[kept], np.bincount(owners, minlength=len(per_text))
