"""The class probabilities that the words of a text suggest."""

from __future__ import annotations

from typing import Any

from sklearn.naive_bayes import MultinomialNB

from ..generic.modelbased_target_encoder import ModelBasedTargetEncoder


class NaiveBayes(ModelBasedTargetEncoder):
    """Give the probabilities of a multinomial naive Bayes, smoothed by one count per word.

    It follows a vectorizer: what it takes are counts or weights of words, none of them negative.

    Attributes
    ----------
    model_ : MultinomialNB
    classes_ : ndarray, (classes,)
    """

    def __init__(self) -> None:
        pass

    def _model(self) -> Any:
        return MultinomialNB()
