"""Targets of any sign, brought above zero and back."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.utils.validation import check_is_fitted

LOWEST = 1e-5


class Positive(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Scale a target to [1e-5, 1] unless it's above 1e-5 already, then apply a function to it.

    What the function is, `_forward` and `_backward` say.

    Parameters
    ----------
    safe : bool
        What to do with values that are further down than the scaling allows: take them for the
        least value seen in ``fit``, or refuse them.
    """

    scaler: Any

    def __init__(self, safe: bool = True) -> None:
        self.safe = safe

    def fit(self, y: Any, y_min: float | None = None) -> Any:
        """Learn the scaling.

        Parameters
        ----------
        y : array, (n,) or (n, 1)
        y_min : float, optional
            A value that the target may fall to, when it is less than any in ``y``.

        Returns
        -------
        Itself.
        """
        values = as_column(y)
        lowest = float(values.min()) if len(values) else np.nan
        if y_min is not None:
            lowest = min(lowest, float(y_min))
        if lowest > LOWEST:
            self.y_min_ = LOWEST
            self.scaler = StandardScaler(with_mean=False, with_std=False).fit(values)
        else:
            self.y_min_ = lowest
            self.scaler = _scaled_between(lowest, values)
        self._learn(self.scaler.transform(values))
        return self

    def fit_transform(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, y: Any, y_min: float | None = None
    ) -> NDArray[np.float64]:
        """Learn the scaling, then transform the same target.

        Parameters
        ----------
        y : array, (n,) or (n, 1)
        y_min : float, optional
            As of ``fit``.

        Returns
        -------
        ndarray of float, (n,)
        """
        return np.asarray(self.fit(y, y_min).transform(y))

    def __sklearn_is_fitted__(self) -> bool:
        """Say whether ``fit`` was called."""
        return hasattr(self, "scaler")

    def transform(self, y: Any) -> NDArray[np.float64]:
        """Transform a target.

        Parameters
        ----------
        y : array, (n,) or (n, 1)

        Returns
        -------
        ndarray of float, (n,)
            When there are missing values among ``y``, others that are too low become missing.

        Raises
        ------
        ValueError
            A value is too low for the scaling, and ``safe`` is False.
        """
        check_is_fitted(self)
        values = as_column(y)
        scaled = self.scaler.transform(values)
        if scaled.min() <= 0 and not self._takes_any_sign():
            if not self.safe:
                raise ValueError(
                    f"{type(self).__name__}: the target falls to {values.min()}, which is below "
                    f"the least value of the training rows, {self.y_min_}. Set safe=True to take "
                    "such values for the least."
                )
            scaled = self.scaler.transform(np.maximum(values, self.y_min_))
        with np.errstate(all="ignore"):
            return np.asarray(self._forward(scaled)).ravel()

    def inverse_transform(self, y: Any) -> NDArray[np.float64]:
        """Bring transformed values back, such as a model's predictions.

        Parameters
        ----------
        y : array, (n,) or (n, 1)

        Returns
        -------
        ndarray of float, (n,)

        Raises
        ------
        ValueError
            A value is beyond what can be brought back.
        """
        check_is_fitted(self)
        with np.errstate(all="ignore"):
            positive = self._backward(as_column(y))
        return np.asarray(self.scaler.inverse_transform(positive)).ravel()

    def _takes_any_sign(self) -> bool:
        return False

    def _learn(self, scaled: NDArray[np.float64]) -> None:
        """Learn what the function needs of the scaled target, (n, 1)."""

    def _forward(self, scaled: NDArray[np.float64]) -> NDArray[np.float64]:
        raise NotImplementedError

    def _backward(self, transformed: NDArray[np.float64]) -> NDArray[np.float64]:
        raise NotImplementedError


def as_column(y: Any) -> NDArray[np.float64]:
    """Give a target as numbers, (n, 1).

    Raises
    ------
    ValueError
        A value isn't a number.
    """
    return np.asarray(y, dtype=np.float64).reshape(-1, 1)


def _scaled_between(lowest: float, values: NDArray[np.float64]) -> MinMaxScaler:
    ends = np.array([[lowest], [np.max(values, initial=lowest)]])
    with warnings.catch_warnings():
        # Of a target with missing values, whose ends are missing, too.
        warnings.filterwarnings("ignore", "All-NaN", RuntimeWarning)
        return MinMaxScaler(feature_range=(LOWEST, 1)).fit(ends)
