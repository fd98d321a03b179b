"""The label's mean per value, drawn towards the overall mean where rows are few."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._target_encoder import TargetEncoder, ValueStatistics


class CountBasedTargetEncoder(TargetEncoder):
    """Blend the mean of a value with the overall mean by the number of rows.

    The weight of the value's own mean is ``1 / (1 + exp(-(rows - blending) / smoothing))``
    (Micci-Barreca, SIGKDD Explorations 3(1), 2001, equation 4).

    Parameters
    ----------
    blending_param : float
        Rows at which both means weigh the same.
    smoothing_param : float
        Rows over which the weight rises.
    task : {'classification', 'regression'}
    classes : ndarray, optional
        The classes to encode; all but the last seen by default.
    """

    meaning = "target mean"

    def __init__(
        self,
        blending_param: float = 20,
        smoothing_param: float = 10,
        task: str = "classification",
        classes: Any = None,
    ) -> None:
        self.blending_param = blending_param
        self.smoothing_param = smoothing_param
        self.task = task
        self.classes = classes

    def encode(self, statistics: ValueStatistics) -> NDArray[np.float64]:
        """Blend.

        Parameters
        ----------
        statistics : ValueStatistics

        Returns
        -------
        ndarray of float64, (values,)
        """
        excess = statistics.counts - self.blending_param
        weights = 1 / (1 + np.exp(-np.divide(excess, self.smoothing_param)))
        means = statistics.sums / statistics.counts
        return weights * means + (1 - weights) * (statistics.total / statistics.rows)
