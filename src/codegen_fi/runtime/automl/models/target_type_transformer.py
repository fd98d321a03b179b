"""Whole-number targets get whole-number predictions."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

_INTEGER = "Integer"


class TargetTypeTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Leave the target alone on the way in and round predictions on the way out.

    Parameters
    ----------
    target_type : str
        ``"Integer"`` rounds, half to even; anything else changes nothing.
    """

    def __init__(self, target_type: str) -> None:
        self.target_type = target_type

    def fit(self, y: Any) -> TargetTypeTransformer:
        """Learn nothing.

        Parameters
        ----------
        y : ignored

        Returns
        -------
        TargetTypeTransformer
            Itself.
        """
        return self

    def __sklearn_is_fitted__(self) -> bool:
        """Say yes: there is nothing to learn."""
        return True

    def transform(self, y: Any) -> Any:
        """Give the target back.

        Parameters
        ----------
        y : array, (n,)

        Returns
        -------
        Same as y.
        """
        return y

    def fit_transform(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, y: Any
    ) -> Any:
        """Give the target back.

        Parameters
        ----------
        y : array, (n,)

        Returns
        -------
        Same as y.
        """
        return y

    def inverse_transform(self, y: Any, convert_type: bool = False) -> Any:
        """Round predictions if the target is whole numbers.

        Parameters
        ----------
        y : array of float, (n,)
        convert_type : bool
            Give int64, unless a prediction is NaN or infinite.

        Returns
        -------
        Same kind as y.
        """
        if self.target_type != _INTEGER:
            return y
        rounded = np.rint(y)
        return rounded.astype("int64") if convert_type and np.isfinite(rounded).all() else rounded
