"""Transformers one after the other on one entry's columns."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

from sklearn.base import BaseEstimator, TransformerMixin

from ...errors import DataError
from . import _distinct
from ._dates import filled_dates
from ._detours import is_detour
from ._fresh import fresh
from ._open_ended import written
from ._spelled import spell

HARMLESS = (
    # A generated script sets both in its one-hot vectorizer, and means the tokenizer.
    "The parameter 'token_pattern' will not be used since 'tokenizer' is not None",
    # The mapper says the same with the column's name.
    "Skipping features without any observed values",
)

# What transformers raise at values they cannot take: numbers too large, cells that are no text.
REFUSALS = (ValueError, TypeError, ArithmeticError, AttributeError, NotImplementedError)


class TransformerChain(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """A pipeline without names, that knows which columns it is for when a step fails.

    Parameters
    ----------
    transformers : sequence
        Cloned before they are fitted.
    columns : sequence
        Named in messages.

    Attributes
    ----------
    steps_ : list
        The fitted transformers.
    """

    def __init__(self, transformers: Any, columns: Any) -> None:
        self.transformers = transformers
        self.columns = columns

    def fit(self, X: Any, y: Any = None) -> TransformerChain:
        """Fit each step on what the one before gives.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)
        y : array-like, (n,), optional

        Returns
        -------
        TransformerChain
            Itself.

        Raises
        ------
        DataError
            When a step fails.
        """
        self.fit_transform(X, y)
        return self

    def fit_transform(self, X: Any, y: Any = None, **fit_params: Any) -> Any:
        """Fit each step on what the one before gives, and give what the last one gives.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)
        y : array-like, (n,), optional
        **fit_params
            Ignored.

        Returns
        -------
        ndarray or sparse matrix

        Raises
        ------
        DataError
            When a step fails.
        """
        return written(self.fit_block(X, y))

    def fit_block(self, X: Any, y: Any = None) -> Any:
        """Do what `fit_transform` does, and leave it open where the outcome is written to.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)
        y : array-like, (n,), optional

        Returns
        -------
        ndarray, sparse matrix, DateParts or OneHot

        Raises
        ------
        DataError
            When a step fails.
        """
        self.steps_ = [fresh(transformer) for transformer in self.transformers]
        dates = filled_dates(self.steps_, X, fit=True)
        return self._through(X, partial(_distinct.fit_transform, y=y)) if dates is None else dates

    def transform(self, X: Any) -> Any:
        """Apply each step.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)

        Returns
        -------
        ndarray or sparse matrix

        Raises
        ------
        DataError
            When a step fails.
        """
        return written(self.block(X))

    def block(self, X: Any) -> Any:
        """Do what `transform` does, and leave it open where the outcome is written to.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)

        Returns
        -------
        ndarray, sparse matrix, DateParts or OneHot

        Raises
        ------
        DataError
            When a step fails.
        """
        dates = filled_dates(self.steps_, X, fit=False)
        return self._through(X, _distinct.transform) if dates is None else dates

    def _through(self, X: Any, action: Callable[..., Any]) -> Any:
        for step, following in pairwise([*self.steps_, None]):
            if is_detour(step, following, X):
                continue
            spelled = spell(step, following, X)
            if spelled is None:
                last = following is None
                spelled = self._run(step, partial(action, step, open_ended=last), X)
            X = spelled
        return X

    def _run(self, step: Any, action: Callable[[Any], Any], X: Any) -> Any:
        try:
            with warnings.catch_warnings():
                for message in HARMLESS:
                    warnings.filterwarnings("ignore", message=message)
                return action(X)
        except REFUSALS as error:
            noun = "column" if len(self.columns) == 1 else "columns"
            names = ", ".join(repr(name) for name in self.columns)
            raise DataError(
                f"{type(step).__name__} cannot featurize the {noun} {names}: {error}. "
                "Are these values of the kind that the script was made for?"
            ) from error
