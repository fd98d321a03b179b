"""Readable names for the columns of a vectorizer, telling words, pieces and whole values apart."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._base import input_names
from ..utilities import wrap_in_list

CHARACTER_ANALYZERS = ("char", "char_wb")


def token_names(vectorizer: Any, input_features: Any = None) -> NDArray[np.object_]:
    """Name the columns after their tokens.

    Parameters
    ----------
    vectorizer : CountVectorizer or TfidfVectorizer
        Fitted.
    input_features : sequence of one str, optional

    Returns
    -------
    ndarray of str, (tokens,)
        ``workclass=private`` for whole values, ``comment: *gre*`` for characters,
        ``comment: great`` for words.
    """
    column = ", ".join(map(str, input_names(input_features)))
    pattern = _pattern(vectorizer)
    names = [pattern.format(column, token) for token in vectorizer.get_feature_names_out()]
    return np.array(names, dtype=object)


def _pattern(vectorizer: Any) -> str:
    if vectorizer.analyzer in CHARACTER_ANALYZERS:
        return "{}: *{}*"
    # Compared by name: a pickled script may hold the function of a copied runtime.
    whole = getattr(vectorizer.tokenizer, "__name__", None) == wrap_in_list.__name__
    return "{}={}" if whole else "{}: {}"
