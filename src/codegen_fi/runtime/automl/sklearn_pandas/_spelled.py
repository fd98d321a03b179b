"""A column of text as its distinct words and where they go, carried from one step to the next.

Casting to text leaves text as it is, so that what follows need not look at every row again.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from ..featurization._repeats import identical, mostly_distinct, told_apart
from ..featurization.categorical.hashonehotvectorizer_transformer import (
    HashOneHotVectorizerTransformer,
)
from ..featurization.categorical.labelencoder_transformer import LabelEncoderTransformer
from ..featurization.text.stringcast_transformer import StringCastTransformer
from ._open_ended import gives_arrays

VECTORIZERS = frozenset({CountVectorizer, TfidfVectorizer})
ENCODERS = frozenset({HashOneHotVectorizerTransformer, LabelEncoderTransformer})


class Spelled(NamedTuple):
    """A column of text.

    Attributes
    ----------
    codes : ndarray of int, (n,)
        The place of each row's word.
    words : ndarray of str, (words,)
        In the order in which they are met.
    """

    codes: NDArray[np.intp]
    words: NDArray[np.object_]

    def texts(self) -> NDArray[np.object_]:
        """Give the word of each row."""
        return self.words[self.codes]


def spell(step: Any, following: Any, X: Any) -> Spelled | None:
    """Cast to text what the following step takes word by word.

    Parameters
    ----------
    step, following : transformer
        The step, and the one after it or None.
    X : Series, DataFrame or ndarray
        What the step is given.

    Returns
    -------
    Spelled or None
        None when the step casts nothing, when it is given something else than text, or when the
        next step would gain nothing.
    """
    if not (_gains(step, following) and isinstance(X, (pd.Series, np.ndarray))):
        return None
    if X.dtype != object or X.ndim != 1:
        return None
    values, bare = np.asarray(X), isinstance(X, np.ndarray)
    same = identical(values)
    if same is not None:
        made = _spelled(same[1], bare=bare)
        return None if made is None else Spelled(made.codes[same[0]], made.words)
    if type(following) in VECTORIZERS and mostly_distinct(values):
        return None
    return _spelled(values, bare=bare)


def _spelled(values: NDArray[np.object_], *, bare: bool) -> Spelled | None:
    codes, words = told_apart(values, missing_too=False, shared=False)
    if pd.api.types.infer_dtype(words, skipna=False) != "string":
        return None
    if bare and "\0" in "".join(words):
        return None
    return _with_missing(values, codes, words)


def _gains(step: Any, following: Any) -> bool:
    known = type(step) is StringCastTransformer and type(following) in VECTORIZERS | ENCODERS
    return known and gives_arrays(following)


def _with_missing(
    values: NDArray[np.object_], codes: NDArray[np.intp], words: NDArray[np.object_]
) -> Spelled | None:
    """Spell missing cells; None when that gives several words, or one that is there already."""
    missing = np.flatnonzero(codes < 0)
    if not len(missing):
        return Spelled(codes, words)
    spelled = {str(value) for value in values[missing]}
    if len(spelled) > 1 or not spelled.isdisjoint(words):
        return None
    place = int(codes[: missing[0]].max(initial=-1)) + 1
    codes += codes >= place
    codes[missing] = place
    return Spelled(codes, np.insert(words, place, spelled.pop()))
