"""The hash that places a value which no table knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils import murmurhash3_32


def hash_places(values: Iterable[Any], seed: int, places: int) -> NDArray[np.int64]:
    """Hash values into ``0 .. places - 1``.

    Parameters
    ----------
    values : iterable of str, bytes or int
    seed : int
        Seed of the hash.
    places : int
        How many places there are.

    Returns
    -------
    ndarray of int64, (n,)
        Signed 32-bit MurmurHash3 modulo ``places``, with Python's sign of the remainder.

    Raises
    ------
    TypeError
        For a value that is neither text nor a whole number.
    """
    hashes = [murmurhash3_32(value, seed=seed) for value in values]
    return np.asarray(hashes, dtype=np.int64) % places
