"""Which values a column repeats, and whether it does, told from some of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LOOKED_AT = 2000
ALMOST_ALL = 0.9
# Fewer are told apart at once.
FEWEST = 100
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


def identical(values: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.object_]] | None:
    """Tell objects apart by where they lie in memory, which needs no look at any of them.

    Parameters
    ----------
    values : ndarray, (n,)

    Returns
    -------
    ndarray of int, (n,)
        The place of each value among the objects.
    ndarray of object, (objects,)
        In the order in which they are met; several of them may be equal.

    None when nearly each cell has an object of its own, or the cells are no objects.
    """
    if values.dtype != object or not values.flags.c_contiguous or len(values) < FEWEST:
        return None
    try:
        addresses = np.frombuffer(values, dtype=np.intp)
    except (ValueError, TypeError, BufferError):
        return None
    if mostly_distinct(addresses):
        return None
    codes = pd.factorize(addresses)[0]
    # Numbers are given in ascending order: where the highest so far rises, a new one is met.
    highest = np.maximum.accumulate(codes)
    return codes, values[np.flatnonzero(np.diff(highest, prepend=-1))]


def told_apart(
    values: NDArray[Any], *, missing_too: bool = True, shared: bool = True
) -> tuple[NDArray[np.intp], NDArray[Any]]:
    """Give each value its number, in the order in which they are met.

    Parameters
    ----------
    values : ndarray, (n,)
    missing_too : bool
        Missing values are values, too; else their code is -1.
    shared : bool
        Several cells may share an object, which saves a look at each.

    Returns
    -------
    ndarray of int, (n,)
        The place of each value among the distinct ones.
    ndarray, (distinct values,)
    """
    same = identical(values) if shared else None
    if same is not None:
        codes, distinct = told_apart(same[1], missing_too=missing_too, shared=False)
        return codes[same[0]], distinct
    if ENDS_AT_NUL and _holds_nul(values):
        numbers: dict[str, int] = {}
        places = [numbers.setdefault(value, len(numbers)) for value in values]
        return np.array(places, dtype=np.intp), np.array(list(numbers), dtype=object)
    return pd.factorize(values, use_na_sentinel=not missing_too)


def _holds_nul(values: NDArray[Any]) -> bool:
    text = values.dtype == object and pd.api.types.infer_dtype(values, skipna=False) == "string"
    return text and "\0" in "".join(values)
