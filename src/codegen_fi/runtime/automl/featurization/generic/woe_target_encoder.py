"""The weight of evidence of a value."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._target_encoder import TargetEncoder, ValueStatistics


class WoEBasedTargetEncoder(TargetEncoder):
    """Log of a value's share among the rows of a class over its share among the others.

    ``log(((p + r) / (P + 2 r)) / ((q + r) / (Q + 2 r)))`` with p of P rows in the class and q of Q
    outside it (Good, 1985, "Weight of Evidence", with r added to each count).

    Parameters
    ----------
    regularization_param : float
        The r above.
    task : {'classification', 'regression'}
    classes : ndarray, optional
        The classes to encode; all but the last seen by default.
    """

    meaning = "weight of evidence"

    def __init__(
        self,
        regularization_param: float = 10,
        task: str = "classification",
        classes: Any = None,
    ) -> None:
        self.regularization_param = regularization_param
        self.task = task
        self.classes = classes

    def encode(self, statistics: ValueStatistics) -> NDArray[np.float64]:
        """Weigh.

        Parameters
        ----------
        statistics : ValueStatistics

        Returns
        -------
        ndarray of float64, (values,)
            NaN where a regression target makes a share negative.
        """
        extra = self.regularization_param
        counts, sums, rows, total = statistics
        inside = (sums + extra) / (total + 2 * extra)
        outside = (counts - sums + extra) / (rows - total + 2 * extra)
        return np.asarray(np.log(inside / outside), dtype=np.float64)
