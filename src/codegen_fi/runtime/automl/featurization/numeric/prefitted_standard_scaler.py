"""Standard scores by a mean and a deviation known beforehand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import OneToOneFeatureMixin

from .._base import Featurizer


class PrefittedStandardScaler(OneToOneFeatureMixin, Featurizer):  # type: ignore[misc]
    """Subtract the mean and divide by the standard deviation.

    Parameters
    ----------
    mean, std : float or ndarray, (columns,)
        A deviation of 0 gives infinite scores.
    """

    def __init__(self, mean: Any, std: Any) -> None:
        self.mean = mean
        self.std = std

    def transform(self, X: Any) -> NDArray[np.float64]:
        """Scale.

        Parameters
        ----------
        X : Series, DataFrame, ndarray or sparse matrix, (n,) or (n, columns)

        Returns
        -------
        ndarray of float64, shaped like X

        Raises
        ------
        ValueError
            When the columns aren't as many as the means.
        """
        values = X.toarray() if sparse.issparse(X) else np.asarray(X)
        if values.dtype == object:
            values = values.astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = (values - np.asarray(self.mean)) / np.asarray(self.std)
        return np.asarray(scores, dtype=np.float64)

    get_feature_names_out = (  # pyright: ignore[reportAssignmentType]
        Featurizer.get_feature_names_out
    )
