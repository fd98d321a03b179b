"""Character and word n-grams of one text column side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from .._base import Featurizer
from ._token_names import token_names


class BagOfWordsTransformer(Featurizer):
    """Term frequencies of character n-grams, then of word n-grams.

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
        Only False has a stand-in.
    use_idf : bool
        Weigh rare n-grams up.

    Attributes
    ----------
    characters_, words_ : TfidfVectorizer
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
            When the texts hold no n-gram at all, or dense features are asked for.
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

        Raises
        ------
        ValueError
            When the texts hold no n-gram at all, or dense features are asked for.
        """
        if self.include_dense_features:
            raise ValueError(
                "include_dense_features=True has no portable stand-in; set it to False or use "
                "the azureml runtime"
            )
        self.characters_, self.words_ = self._characters(), self._words()
        parts = [self.characters_.fit_transform(X), self.words_.fit_transform(X)]
        return sparse.csr_matrix(sparse.hstack(parts, format="csr"))

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
        """
        check_is_fitted(self)
        parts = [self.characters_.transform(X), self.words_.transform(X)]
        return sparse.csr_matrix(sparse.hstack(parts, format="csr"))

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the columns ``comment: *gre*`` (characters) and ``comment: great`` (words).

        Parameters
        ----------
        input_features : sequence of one str, optional

        Returns
        -------
        ndarray of str, (n-grams,)
        """
        return np.concatenate(
            [
                token_names(vectorizer, input_features)
                for vectorizer in (self.characters_, self.words_)
            ]
        )


def _term_frequencies(**settings: Any) -> Any:
    settings["dtype"] = np.float32
    return TfidfVectorizer(**settings)
