"""A column of a sparse matrix, of which only what is stored is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


class Stored(NamedTuple):
    """The stored values of a column.

    Attributes
    ----------
    size : int
        Number of rows.
    absent : float
        What stands where nothing is stored.
    rows : ndarray of int, (stored,)
    values : ndarray of float, (stored,)
    """

    size: int
    absent: float
    rows: NDArray[Any]
    values: NDArray[Any]

    def mapped(self, function: Callable[[NDArray[Any]], NDArray[Any]]) -> NDArray[Any]:
        """Apply a function that takes each value on its own, to each different one once.

        Returns
        -------
        ndarray of shape (size,)
        """
        absent = np.array([self.absent], dtype=self.values.dtype)
        made = function(np.concatenate([self.values, absent]))
        whole = np.full(self.size, made[-1], dtype=made.dtype)
        whole[self.rows] = made[:-1]
        return whole
