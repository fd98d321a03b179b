"""Steps whose work the next one undoes."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..featurization.datetime.datetime_transformer import DateTimeFeaturesTransformer
from ..featurization.text.stringcast_transformer import StringCastTransformer


def is_detour(step: Any, following: Any, X: Any) -> bool:
    """Tell whether a step may be left out: dates spelled as text only to be read again.

    Parameters
    ----------
    step, following : transformer
        The step, and the one after it or None.
    X : Series, DataFrame or ndarray
        What the step is given.
    """
    return (
        type(step) is StringCastTransformer
        and type(following) is DateTimeFeaturesTransformer
        and isinstance(X, np.ndarray)
        and X.ndim == 1
        and X.dtype == np.dtype("datetime64[ns]")
    )
