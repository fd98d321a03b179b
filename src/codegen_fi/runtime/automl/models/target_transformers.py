"""Targets that are made less skewed before a regressor sees them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special, stats
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.preprocessing import QuantileTransformer
from sklearn.utils.validation import check_is_fitted

from ._positive import Positive, as_column


class LogTransformer(Positive):
    """Take the natural logarithm of a target.

    A target that is above 1e-5 everywhere is taken as it is, any other is scaled to [1e-5, 1]
    first.

    Parameters
    ----------
    safe : bool
        What ``transform`` does with values too low for the scaling: take them for the least value
        (True) or refuse them.

    Attributes
    ----------
    scaler : MinMaxScaler, or StandardScaler that changes nothing
    y_min_ : float
        The least value, or 1e-5 for a target that isn't scaled.
    """

    def _forward(self, scaled: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.log(scaled))

    def _backward(self, transformed: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.exp(transformed))


class PowerTransformer(Positive):
    """Raise a target to a power.

    Whole positive powers and odd roots (1/3, 1/5, ...) keep the sign of a number and take any:
    sign(y) |y|^power. Other powers need positive numbers. Either way, a target that isn't above
    1e-5 everywhere is scaled to [1e-5, 1] first.

    Parameters
    ----------
    power : float
    safe : bool
        What to do with values that the power doesn't take: ``transform`` takes them for the least
        value, ``inverse_transform`` for the least positive one among those it is given (True), or
        they are refused.

    Attributes
    ----------
    scaler : MinMaxScaler, or StandardScaler that changes nothing
    y_min_ : float
        The least value, or 1e-5 for a target that isn't scaled.
    """

    def __init__(self, power: float = 1, safe: bool = True) -> None:
        super().__init__(safe)
        self.power = power

    def _takes_any_sign(self) -> bool:
        power = float(self.power)
        return power > 0 and (power.is_integer() or (1 / power) % 2 == 1)

    def _forward(self, scaled: NDArray[np.float64]) -> NDArray[np.float64]:
        return self._raised(scaled, self.power)

    def _backward(self, transformed: NDArray[np.float64]) -> NDArray[np.float64]:
        if self.power == 0:
            raise ValueError("PowerTransformer with power=0 makes every value 1: no way back.")
        root = 1 / self.power
        if self._takes_any_sign() or not transformed.min(initial=1) <= 0:
            return self._raised(transformed, root)
        positive = transformed[transformed > 0]
        if not self.safe or len(positive) == 0:
            raise ValueError(
                f"PowerTransformer: {transformed.min()} can't be brought back from the power "
                f"{self.power}, which gives positive numbers only."
            )
        return self._raised(np.where(transformed > 0, transformed, positive.min()), root)

    def _raised(self, values: NDArray[np.float64], power: float) -> NDArray[np.float64]:
        if self._takes_any_sign():
            return np.asarray(np.sign(values) * np.abs(values) ** power)
        return np.asarray(values ** float(power))


class BoxCoxTransformerScipy(Positive):
    """Take the Box-Cox transform of a target, with the lambda of the greatest likelihood.

    y becomes (y^lambda - 1) / lambda, for lambda 0 its natural logarithm. A target that isn't
    above 1e-5 everywhere is scaled to [1e-5, 1] first. A constant target is an error.

    Parameters
    ----------
    lambda_val : float, optional
        Not used: ``fit`` finds a lambda whatever is given.
    safe : bool
        As of :class:`LogTransformer`.

    Attributes
    ----------
    lambda_ : float
    scaler : MinMaxScaler, or StandardScaler that changes nothing
    y_min_ : float
        The least value, or 1e-5 for a target that isn't scaled.
    """

    def __init__(self, lambda_val: float | None = None, safe: bool = True) -> None:
        super().__init__(safe)
        self.lambda_val = lambda_val

    def _learn(self, scaled: NDArray[np.float64]) -> None:
        with np.errstate(all="ignore"):
            found: Any = stats.boxcox(scaled.ravel())
        self.lambda_ = float(found[1])

    def _forward(self, scaled: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(special.boxcox(scaled, self.lambda_))

    def _backward(self, transformed: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(special.inv_boxcox(transformed, self.lambda_))


class QuantileTransformerWrapper(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turn a target into its quantiles, ``sklearn.preprocessing.QuantileTransformer`` inside.

    The quantiles are those of all rows. The official class draws 10,000 or 100,000 of more rows
    at random, so that no two of its fits are equal.

    Parameters
    ----------
    n_quantiles : int
        At most; of fewer rows there is one quantile per row.
    output_distribution : {"uniform", "normal"}

    Attributes
    ----------
    transformer : QuantileTransformer, fitted
    """

    def __init__(self, n_quantiles: int = 1000, output_distribution: str = "uniform") -> None:
        self.n_quantiles = n_quantiles
        self.output_distribution = output_distribution

    def fit(self, y: Any) -> QuantileTransformerWrapper:
        """Learn the quantiles.

        Parameters
        ----------
        y : array, (n,) or (n, 1)

        Returns
        -------
        QuantileTransformerWrapper
            Itself.
        """
        values = as_column(y)
        of_all_rows: dict[str, Any] = {"subsample": None}
        self.transformer = QuantileTransformer(
            n_quantiles=min(self.n_quantiles, max(1, len(values))),
            output_distribution=self.output_distribution,
            **of_all_rows,
        ).fit(values)
        return self

    def fit_transform(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, y: Any
    ) -> NDArray[np.float64]:
        """Learn the quantiles, then transform the same target.

        Parameters
        ----------
        y : array, (n,) or (n, 1)

        Returns
        -------
        ndarray of float, (n,)
        """
        return self.fit(y).transform(y)

    def __sklearn_is_fitted__(self) -> bool:
        """Say whether ``fit`` was called."""
        return hasattr(self, "transformer")

    def transform(self, y: Any) -> NDArray[np.float64]:
        """Give the quantiles.

        Parameters
        ----------
        y : array, (n,) or (n, 1)

        Returns
        -------
        ndarray of float, (n,)
        """
        check_is_fitted(self)
        return np.asarray(self.transformer.transform(as_column(y))).ravel()

    def inverse_transform(self, y: Any) -> NDArray[np.float64]:
        """Bring quantiles back, values beyond the ends as the ends.

        Parameters
        ----------
        y : array, (n,) or (n, 1)

        Returns
        -------
        ndarray of float, (n,)
        """
        check_is_fitted(self)
        return np.asarray(self.transformer.inverse_transform(as_column(y))).ravel()
