"""The n-grams of many texts, counted without a loop over texts; the rest is scikit-learn's.

A copy of the vectorizer counts with `_counts` in place of its own `_count_vocab`, so that sorting,
pruning and weighing stay as they are. What isn't known here is left to the vectorizer.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from ._columns import Met, columns_of
from ._grams import ANALYZERS, UnsuitableError
from ._tokens import Integers
from ._whole_words import count_whole_words, matrix_class, takes_whole_words

# What is counted at once; bounds the memory, not the result.
CHARACTERS_AT_ONCE = 1 << 17
AS_FEW_TEXTS = 200
DEFAULTS = {
    "input": "content",
    "preprocessor": None,
    "tokenizer": None,
    "strip_accents": None,
    "stop_words": None,
    "vocabulary": None,
    "token_pattern": CountVectorizer().token_pattern,
}


def fit_transform(step: Any, texts: Any, y: Any = None) -> Any:
    """Fit and count; the same as ``step.fit_transform(texts, y)``.

    Parameters
    ----------
    step : CountVectorizer, TfidfVectorizer or any other transformer
    texts : array-like, (n,)
    y : array-like, (n,), optional

    Returns
    -------
    csr_matrix, (n, n-grams)
    """
    if not _known(step, texts):
        return step.fit_transform(texts, y)
    quick = _quick(step)
    counts = quick.fit_transform(texts)
    vars(step).update((k, v) for k, v in vars(quick).items() if k not in STAND_INS)
    return counts


def transform(step: Any, texts: Any) -> Any:
    """Count; the same as ``step.transform(texts)``.

    Parameters
    ----------
    step : CountVectorizer, TfidfVectorizer or any other transformer
        Fitted.
    texts : array-like, (n,)

    Returns
    -------
    csr_matrix, (n, n-grams)
    """
    return (_quick(step) if _known(step, texts) else step).transform(texts)


def _known(step: Any, texts: Any) -> bool:
    if type(step) not in {CountVectorizer, TfidfVectorizer} or not _all_text(texts):
        return False
    return takes_whole_words(step) or (len(texts) >= AS_FEW_TEXTS and _known_analyzer(step))


def _known_analyzer(step: Any) -> bool:
    if any(getattr(step, name) != value for name, value in DEFAULTS.items()):
        return False
    if not isinstance(step.analyzer, str) or step.analyzer not in ANALYZERS:
        return False
    sizes, longest = step.ngram_range, ANALYZERS[step.analyzer].longest
    if not isinstance(sizes, tuple) or not 1 <= sizes[0] <= sizes[1] <= longest:
        return False
    return bool(step.analyzer != "char_wb" or sizes[0] == longest)


def _all_text(texts: Any) -> bool:
    plain = isinstance(texts, np.ndarray) and texts.dtype == object and texts.ndim == 1
    return plain and len(texts) > 0 and pd.api.types.infer_dtype(texts, skipna=False) == "string"


def _quick(step: Any) -> Any:
    quick, counter = copy.copy(step), Counter(step)
    if takes_whole_words(step):
        quick._count_vocab = partial(count_whole_words, step)
        return quick
    for name, stand_in in STAND_INS.items():
        setattr(quick, name, getattr(counter, stand_in))
    return quick


class Counter:
    """Stands in for a vectorizer's own counting, for one call of it."""

    def __init__(self, step: Any) -> None:
        self._step, self._order = step, np.empty(0, dtype=np.int64)

    def count(self, texts: NDArray[np.object_], fixed_vocab: bool) -> tuple[Any, Any]:
        """Give the vocabulary and the counts."""
        columns = self._step.vocabulary_ if fixed_vocab else None
        try:
            vocabulary, parts = self._count(texts, columns)
        except UnsuitableError:
            return tuple(self._step._count_vocab(texts, fixed_vocab))
        if not vocabulary:
            return tuple(self._step._count_vocab(texts, fixed_vocab))
        return vocabulary, matrix_class()(parts, shape=(len(texts), len(vocabulary)))

    def _count(self, texts: NDArray[np.object_], vocabulary: Any) -> tuple[Any, Any]:
        # What scikit-learn checks and warns of before it counts.
        self._step.build_analyzer()
        first, last = self._step.ngram_range
        sizes, lowercase = range(first, last + 1), self._step.lowercase
        analyzer = ANALYZERS[self._step.analyzer](sizes, lowercase=lowercase)
        ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
        numbers = columns_of(analyzer, vocabulary, int(ends[-1]))
        parts = [
            _counted(*numbers.columns(*analyzer(chunk)), self._step.dtype)
            for chunk in _chunks(texts, ends)
        ]
        if isinstance(numbers, Met):
            keys = numbers.keys
            vocabulary = dict(zip(analyzer.terms(keys), range(len(keys)), strict=True))
            self._order = analyzer.order(keys)
        return vocabulary, _together(parts)

    def limit(
        self, X: Any, vocabulary: Any, high: Any = None, low: Any = None, limit: Any = None
    ) -> Any:
        """Leave the matrix alone where nothing is to be left out of it."""
        texts = np.bincount(X.indices, minlength=X.shape[1])
        if limit is None and (texts <= high).all() and (texts >= low).all():
            return X
        return self._step._limit_features(X, vocabulary, high, low, limit)

    def sort(self, X: Any, vocabulary: Any) -> Any:
        """Give the n-grams numbers in the order of their text."""
        if len(vocabulary) != len(self._order):
            return self._step._sort_features(X, vocabulary)
        places = np.empty(len(self._order), dtype=X.indices.dtype)
        places[self._order] = np.arange(len(self._order))
        vocabulary.update(zip(vocabulary, places.tolist(), strict=True))
        X.indices = places.take(X.indices, mode="clip")
        return X


# By the names of what they stand in for.
STAND_INS = {"_count_vocab": "count", "_limit_features": "limit", "_sort_features": "sort"}


class Part(NamedTuple):
    """The counts of some texts: rows, columns and values as in a csr matrix."""

    lengths: NDArray[Any]
    indices: NDArray[np.int32]
    data: NDArray[Any]


def _chunks(texts: NDArray[np.object_], ends: NDArray[np.int64]) -> Iterator[list[str]]:
    start = 0
    while start < len(texts):
        before = ends[start - 1] if start else 0
        end = max(start + 1, int(np.searchsorted(ends, before + CHARACTERS_AT_ONCE)))
        yield texts[start:end].tolist()
        start = end


def _counted(columns: NDArray[np.int32], per_text: Integers, dtype: Any) -> Part:
    """Add up what a text has more than once, its columns in ascending order."""
    owners = np.repeat(np.arange(len(per_text), dtype=np.int64), per_text)
    pairs = np.sort((owners << 32) | columns)
    begins = np.flatnonzero(np.diff(pairs, prepend=-1))
    counts = np.diff(begins, append=len(pairs))
    owners, columns = pairs[begins] >> 32, pairs[begins].astype(np.int32)
    return Part(
        np.bincount(owners, minlength=len(per_text)),
        columns,
        counts.astype(np.intc).astype(dtype),
    )


def _together(parts: list[Part]) -> tuple[Any, Any, Any]:
    """Join what was counted, giving back each piece as soon as it is copied."""
    lengths = np.concatenate([part.lengths for part in parts])
    total = int(lengths.sum())
    kind = np.int32 if total <= np.iinfo(np.int32).max else np.int64
    indices, data = np.empty(total, dtype=kind), np.empty(total, dtype=parts[0].data.dtype)
    place = 0
    parts.reverse()
    while parts:
        part = parts.pop()
        end = place + len(part.indices)
        indices[place:end], data[place:end] = part.indices, part.data
        place = end
    return data, indices, np.append(0, np.cumsum(lengths)).astype(kind)
