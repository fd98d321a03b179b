"""The counts of `StatsTransformer` as columns of comparable size."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import RobustScaler

from .._base import input_names
from .stats_transformer import StatsTransformer

# In the order of the output columns: that of the counts' names.
COUNTS = ("capitals", "characters", "exclamation marks", "full stops", "question marks", "words")


def style_of() -> Pipeline:
    """Make the chain that counts and scales, not yet fitted; it gives a sparse matrix."""
    return make_pipeline(StatsTransformer(), DictVectorizer(), RobustScaler(with_centering=False))


def style_names(input_features: Any = None) -> NDArray[np.object_]:
    """Name the columns ``comment (capitals)``, ``comment (characters)`` ...

    Parameters
    ----------
    input_features : sequence of one str, optional

    Returns
    -------
    ndarray of str, (6,)
    """
    column = ", ".join(map(str, input_names(input_features)))
    return np.array([f"{column} ({count})" for count in COUNTS], dtype=object)
