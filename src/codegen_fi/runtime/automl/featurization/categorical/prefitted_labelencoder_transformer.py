"""One number per value, the values being known beforehand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import OneToOneFeatureMixin

from .._base import Featurizer


class PrefittedLabelEncoderTransformer(OneToOneFeatureMixin, Featurizer):  # type: ignore[misc]
    """Number the values by where they would be put among the classes.

    An unknown value takes the number of the class that follows it, like that class itself.

    Parameters
    ----------
    classes : ndarray, (classes,)
        Sorted.
    """

    def __init__(self, classes: Any) -> None:
        self.classes = classes

    def transform(self, X: Any) -> NDArray[np.int64]:
        """Replace each value by its number.

        Parameters
        ----------
        X : Series, DataFrame or ndarray, (n,) or (n, columns)

        Returns
        -------
        ndarray of int64, shaped like X

        Raises
        ------
        TypeError
            When a value cannot be compared with the classes (None, NaN among texts).
        """
        return np.asarray(np.searchsorted(np.asarray(self.classes), np.asarray(X)), dtype=np.int64)

    get_feature_names_out = (  # pyright: ignore[reportAssignmentType]
        Featurizer.get_feature_names_out
    )
