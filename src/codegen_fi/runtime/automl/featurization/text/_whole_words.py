"""Texts that are one token each, counted without asking an analyzer about every one of them.

That is how a counting vectorizer is made a one-hot encoder.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer

from ..utilities import wrap_in_list

SETTINGS = {
    "input": "content",
    "analyzer": "word",
    "ngram_range": (1, 1),
    "preprocessor": None,
    "strip_accents": None,
    "stop_words": None,
    "vocabulary": None,
}


def takes_whole_words(step: Any) -> bool:
    """Tell whether a vectorizer takes a text for one token.

    Parameters
    ----------
    step : CountVectorizer or TfidfVectorizer

    Returns
    -------
    bool
    """
    return step.tokenizer is wrap_in_list and all(
        getattr(step, name) == value for name, value in SETTINGS.items()
    )


def count_whole_words(step: Any, texts: NDArray[np.object_], fixed_vocab: bool) -> tuple[Any, Any]:
    """Count; the same as scikit-learn's own ``step._count_vocab(texts, fixed_vocab)``.

    Parameters
    ----------
    step : CountVectorizer or TfidfVectorizer
    texts : ndarray of str, (n,)
    fixed_vocab : bool
        Count the known words only.

    Returns
    -------
    dict of str to int
        The place of each word.
    csr_matrix, (n, words)
    """
    words = map(str.lower, texts) if step.lowercase else iter(texts)
    vocabulary: dict[str, int] = step.vocabulary_ if fixed_vocab else {}
    if fixed_vocab:
        places = [vocabulary.get(word, -1) for word in words]
    else:
        places = [vocabulary.setdefault(word, len(vocabulary)) for word in words]
    columns = np.array(places, dtype=np.int32)
    kept = columns >= 0
    indices = columns[kept]
    ends = np.append(0, np.cumsum(kept)).astype(np.int32)
    parts = np.ones(len(indices), dtype=step.dtype), indices, ends
    return vocabulary, matrix_class()(parts, shape=(len(texts), len(vocabulary)))


@cache
def matrix_class() -> Any:
    """Give the class of scikit-learn's counts, which is another one from release to release."""
    return type(CountVectorizer()._count_vocab(["any word"], False)[1])
