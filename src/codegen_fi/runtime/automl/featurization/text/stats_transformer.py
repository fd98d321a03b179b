"""Counts that say how a text was written."""

from __future__ import annotations

import re
from typing import Any

from .._base import Featurizer

WORD = r"(?u)\w\w+\b"


class StatsTransformer(Featurizer):
    """Count words, characters, capitals and punctuation marks; a `DictVectorizer` follows.

    Parameters
    ----------
    token_pattern : str
        Regular expression of a word, with one group at most.
    """

    def __init__(self, token_pattern: str = WORD) -> None:
        self.token_pattern = token_pattern

    def transform(self, X: Any) -> list[dict[str, float]]:
        """Count.

        Parameters
        ----------
        X : Series or ndarray of str, (n,)

        Returns
        -------
        list of dict, (n,)
            ``n_periods``, ``n_words``, ``n_capitals`` (words with anything but small letters, so
            numbers as well), ``n_exclamations``, ``n_questions`` and ``n_chars``.

        Raises
        ------
        TypeError
            When a cell is no text, missing ones included, or X has two dimensions.
        ValueError
            When the pattern is no regular expression or has several groups.
        """
        if getattr(X, "ndim", 1) != 1:
            raise TypeError("expected one column of texts, not a table; name it as 'a', not ['a']")
        pattern = self._pattern()
        return [_statistics(text, pattern.findall(text)) for text in X]

    def _pattern(self) -> re.Pattern[str]:
        try:
            pattern = re.compile(self.token_pattern)
        except re.error as error:
            raise ValueError(f"token_pattern {self.token_pattern!r}: {error}") from error
        if pattern.groups > 1:
            raise ValueError(f"token_pattern {self.token_pattern!r} has more than one group")
        return pattern


def _statistics(text: str, words: list[str]) -> dict[str, float]:
    return {
        "n_periods": float(text.count(".")),
        "n_words": float(len(words)),
        "n_capitals": float(sum(not word.islower() for word in words)),
        "n_exclamations": float(text.count("!")),
        "n_questions": float(text.count("?")),
        "n_chars": float(len(text)),
    }
