"""Character and word n-grams of one text column side by side, with counts of style if wanted."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from .._base import Featurizer
from . import _counting
from ._style import style_names, style_of
from ._token_names import token_names

SHORTEST_WORD = 2


class BagOfWordsTransformer(Featurizer):
    """Term frequencies of character n-grams, then of word n-grams.

    Where no training text is long enough for a character n-gram, or for a word of two letters,
    that part is left out.

    Parameters
    ----------
    max_wordgrams : int
        Word n-grams kept, the most frequent ones.
    wordgram_range, chargram_range : (int, int)
        Shortest and longest n-gram.
    norm : {'l1', 'l2', None}
        Norm of a row's character part; its word part always has the l2 norm.
    max_df : float or int
        Character n-grams in more texts than this are left out.
    include_dense_features : bool
        Put six counts of `StatsTransformer` first, each divided by its interquartile range.
    use_idf : bool
        Weigh rare n-grams up.

    Attributes
    ----------
    characters_, words_ : TfidfVectorizer or None
    style_ : Pipeline
        With dense features only.
    """

    def __init__(
        self,
        max_wordgrams: int = 200000,
        wordgram_range: tuple[int, int] = (1, 2),
        chargram_range: tuple[int, int] = (3, 3),
        norm: str | None = "l2",
        max_df: float = 1.0,
        include_dense_features: bool = False,
        use_idf: bool = False,
    ) -> None:
        self.max_wordgrams = max_wordgrams
        self.wordgram_range = wordgram_range
        self.chargram_range = chargram_range
        self.norm = norm
        self.max_df = max_df
        self.include_dense_features = include_dense_features
        self.use_idf = use_idf

    def fit(self, X: Any, y: Any = None) -> BagOfWordsTransformer:
        """Learn the n-grams.

        Parameters
        ----------
        X : Series or ndarray of str, (n,)
        y : ignored

        Returns
        -------
        BagOfWordsTransformer
            Itself.

        Raises
        ------
        ValueError
            When the texts hold no n-gram at all.
        TypeError
            When a cell is no text, missing ones included.
        """
        self.fit_transform(X)
        return self

    def fit_transform(self, X: Any, y: Any = None, **fit_params: Any) -> sparse.csr_matrix:
        """Learn the n-grams and count them.

        Parameters
        ----------
        X : Series or ndarray of str, (n,)
        y, **fit_params : ignored

        Returns
        -------
        csr_matrix of float32, (n, n-grams)
            Of float64 with dense features, (n, 6 + n-grams).

        Raises
        ------
        ValueError
            When the texts hold no n-gram at all.
        TypeError
            When a cell is no text, missing ones included.
        """
        if self.include_dense_features:
            self.style_ = style_of()
        longest = max(len(text) for text in X)
        self.characters_ = self._characters() if longest >= self.chargram_range[0] else None
        self.words_ = self._words() if longest >= SHORTEST_WORD else None
        if not self._parts():
            raise ValueError("empty vocabulary: no text is long enough for an n-gram")
        return _side_by_side(
            [_counting.fit_transform(part, _as_array(X)) for part in self._parts()]
        )

    def _parts(self) -> list[Any]:
        style = [self.style_] if self.include_dense_features else []
        return [*style, *self._vectorizers()]

    def _vectorizers(self) -> list[Any]:
        return [part for part in (self.characters_, self.words_) if part is not None]

    def _characters(self) -> Any:
        return _term_frequencies(
            analyzer="char",
            ngram_range=self.chargram_range,
            norm=self.norm,
            max_df=self.max_df,
            use_idf=self.use_idf,
        )

    def _words(self) -> Any:
        return _term_frequencies(
            ngram_range=self.wordgram_range, max_features=self.max_wordgrams, use_idf=self.use_idf
        )

    def transform(self, X: Any) -> sparse.csr_matrix:
        """Count.

        Parameters
        ----------
        X : Series or ndarray of str, (n,)

        Returns
        -------
        csr_matrix of float32, (n, n-grams)
            Of float64 with dense features, (n, 6 + n-grams).
        """
        check_is_fitted(self)
        return _side_by_side([_counting.transform(part, _as_array(X)) for part in self._parts()])

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the columns ``comment: *gre*`` (characters) and ``comment: great`` (words).

        Parameters
        ----------
        input_features : sequence of one str, optional

        Returns
        -------
        ndarray of str, (n-grams,) or (6 + n-grams,)
            The dense features are named ``comment (words)``, ``comment (capitals)`` ...
        """
        check_is_fitted(self)
        style = [style_names(input_features)] if self.include_dense_features else []
        tokens = [token_names(part, input_features) for part in self._vectorizers()]
        return np.concatenate([*style, *tokens])


def _term_frequencies(**settings: Any) -> Any:
    settings["dtype"] = np.float32
    return TfidfVectorizer(**settings)


def _as_array(X: Any) -> Any:
    return X.to_numpy(dtype=object) if isinstance(X, pd.Series) else X


def _side_by_side(parts: list[Any]) -> sparse.csr_matrix:
    return sparse.csr_matrix(sparse.hstack(parts, format="csr"))
