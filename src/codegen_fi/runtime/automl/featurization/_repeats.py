"""Which values a column repeats, and whether it does, told from some of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LOOKED_AT = 2000
ALMOST_ALL = 0.9
# pandas before 3 compares text up to the first NUL, if there is nothing but text.
ENDS_AT_NUL = len(pd.factorize(np.array(["a", "a\0"], dtype=object))[1]) == 1


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


def told_apart(
    values: NDArray[Any], *, missing_too: bool = True
) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """Give each value its number, in the order in which they are met.

    Parameters
    ----------
    values : ndarray, (n,)
    missing_too : bool
        Missing values are values, too; else their code is -1.

    Returns
    -------
    ndarray of int, (n,)
        The place of each value among the distinct ones.
    ndarray, (distinct values,)
    """
    if ENDS_AT_NUL and _holds_nul(values):
        numbers: dict[str, int] = {}
        codes = [numbers.setdefault(value, len(numbers)) for value in values]
        return np.array(codes, dtype=np.intp), np.array(list(numbers), dtype=object)
    return pd.factorize(values, use_na_sentinel=not missing_too)


def _holds_nul(values: NDArray[Any]) -> bool:
    text = values.dtype == object and pd.api.types.infer_dtype(values, skipna=False) == "string"
    return text and "\0" in "".join(values)
