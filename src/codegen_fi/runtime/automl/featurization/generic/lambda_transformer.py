"""A function of the user's own as a step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.validation import check_is_fitted

from .._base import Featurizer, input_names


def unchanged(x: Any) -> Any:
    """Give back what came in."""
    return x


class LambdaTransformer(Featurizer):
    """Apply a function to the columns as a whole.

    Parameters
    ----------
    func : callable
        Takes what comes in, a Series, a DataFrame or an array, and gives what goes out. Pickled
        functions, which official scripts of other Pythons may hold, are refused.

    Attributes
    ----------
    width_ : int
        Columns that go out.
    """

    def __init__(self, func: Callable[[Any], Any] = unchanged) -> None:
        self.func = func

    def fit(self, X: Any, y: Any = None) -> LambdaTransformer:
        """Learn how many columns go out.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)
        y : ignored

        Returns
        -------
        LambdaTransformer
            Itself.

        Raises
        ------
        TypeError
            When `func` is no function.
        """
        self.fit_transform(X)
        return self

    def fit_transform(self, X: Any, y: Any = None, **fit_params: Any) -> Any:
        """Apply the function.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)
        y, **fit_params : ignored

        Returns
        -------
        object
            What the function gives.

        Raises
        ------
        TypeError
            When `func` is no function.
        """
        result = self.transform(X)
        shape = result.shape if sparse.issparse(result) else np.shape(result)
        self.width_ = shape[1] if len(shape) > 1 else 1
        return result

    def transform(self, X: Any) -> Any:
        """Apply the function; there is no need to fit before.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)

        Returns
        -------
        object
            What the function gives.

        Raises
        ------
        TypeError
            When `func` is no function.
        """
        if not callable(self.func):
            raise TypeError(
                f"func is of type {type(self.func).__name__}, not a function; write the function "
                "into the script, a pickled one only loads in the Python that wrote it"
            )
        return self.func(X)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """Name the columns ``age (function)``, with numbers from 0 where several go out.

        Parameters
        ----------
        input_features : sequence of str, optional

        Returns
        -------
        ndarray of str, (output columns,)
        """
        check_is_fitted(self)
        label = ", ".join(map(str, input_names(input_features)))
        numbers = [""] if self.width_ == 1 else [f" {place}" for place in range(self.width_)]
        return np.array([f"{label} (function{number})" for number in numbers], dtype=object)
