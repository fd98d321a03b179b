"""What a model says of its inputs, and the inputs a reading may need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..spread import column_spread

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from .signs import Signs


@dataclass(frozen=True)
class Reading:
    """The native importances of one model.

    Attributes
    ----------
    values : ndarray of shape (inputs,) or None
        None when the model has none; `note` then says why.
    note : str
        What was read, or why nothing was.
    coefficients : ndarray of shape (inputs,) or None
        Linear models only: mean |coefficient|, not multiplied by the columns' spread.
    members : tuple of Member
        The models of an ensemble.
    signs : Signs or None
        Linear models only: the coefficients with their signs.
    """

    values: NDArray[np.float64] | None
    note: str = ""
    coefficients: NDArray[np.float64] | None = None
    members: tuple[Member, ...] = ()
    signs: Signs | None = None


@dataclass(frozen=True)
class Member:
    """One model of an ensemble; the weights of all members add up to 1."""

    label: str
    weight: float
    reading: Reading


class Inputs:
    """The training rows as they enter a step, computed only if somebody asks."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._matrix: Any = None

    def matrix(self) -> Any:
        """Return the rows, computing them once."""
        if self._matrix is None:
            self._matrix = self._make()
        return self._matrix

    def through(self, step: Any) -> Inputs:
        """Return what comes out of a fitted step."""
        return Inputs(lambda: step.transform(self.matrix()))

    def spread(self) -> NDArray[np.float64]:
        """Return the standard deviation of each column."""
        return column_spread(self.matrix())
