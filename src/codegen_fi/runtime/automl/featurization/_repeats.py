"""Whether a column repeats its values, told from some of them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from numpy.typing import NDArray

LOOKED_AT = 2000
ALMOST_ALL = 0.9


def mostly_distinct(values: NDArray[Any]) -> bool:
    """Tell whether nearly every value is met once only.

    Parameters
    ----------
    values : ndarray, (n,)

    Returns
    -------
    bool
        A guess on which only time may depend.
    """
    step = max(1, len(values) // LOOKED_AT)
    some = values[::step]
    return len(some) > 0 and len(pd.unique(some)) > ALMOST_ALL * len(some)
