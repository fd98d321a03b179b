"""Bins over the target, so that predictions can be compared with the truth bin by bin."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NEIGHBOUR_SHARE = 0.05
_BINS_WITHOUT_SPREAD = 3
_DIGITS = 2


def make_dataset_bins(n_valid: int, y: Any, percentile: float = 1.0) -> dict[str, Any]:
    """Cut the range of the target into about sqrt(n_valid) bins.

    The outermost bins hold the values beyond the percentiles, the inner ones are equally wide.
    Edges are rounded to two significant digits of a bin's width, never to fewer than two decimals
    inside. The rule was read off AutoML's own bins.

    Parameters
    ----------
    n_valid : int
        Rows that will be compared.
    y : array of float, (n,)
    percentile : float
        Share of values in each outermost bin, in percent.

    Returns
    -------
    dict
        ``number_of_bins``, ``bin_starts`` and ``bin_ends``, both (bins,).

    Raises
    ------
    ValueError
        No rows to compare, or no values to cut.
    """
    y = np.asarray(y, dtype=float).ravel()
    if n_valid <= 0 or len(y) == 0:
        raise ValueError(
            f"Bins need at least one row and one target value, got {n_valid}, {len(y)}."
        )
    edges = _edges(y, math.ceil(math.sqrt(n_valid)), percentile)
    return {"number_of_bins": len(edges) - 1, "bin_starts": edges[:-1], "bin_ends": edges[1:]}


def get_dataset_bins(cv_splits: Any, X: Any, y: Any) -> dict[str, Any]:
    """Cut the target into bins for the folds of a cross-validation.

    Parameters
    ----------
    cv_splits : _CVSplits
    X : table, (n, columns)
    y : array of float, (n,)

    Returns
    -------
    dict
        As :func:`make_dataset_bins`, for the rows of one validation part.
    """
    fraction = cv_splits.get_fraction_validation_size()
    n = np.shape(X)[0]
    n_valid = int(n * fraction) if fraction else n // cv_splits.get_num_k_folds()
    return make_dataset_bins(n_valid, y)


def _edges(y: NDArray[np.float64], n_bins: int, percentile: float) -> NDArray[np.float64]:
    lowest, highest = y.min(), y.max()
    if not highest > lowest:
        return np.array([lowest, highest])
    low, high = np.percentile(y, [percentile, 100 - percentile])
    if low == high:
        low, high = _around(y, low)
        n_bins = _BINS_WITHOUT_SPREAD
    # Truncation, not floor: widths between 0.1 and 10 share one number of decimals.
    decimals = _DIGITS - int(math.log10((high - low) / n_bins))
    inner = np.round(np.linspace(low, high, n_bins - 1), max(decimals, _DIGITS))
    unit = 10.0**decimals
    outer = math.floor(lowest * unit) / unit, math.ceil(highest * unit) / unit
    return np.unique(np.concatenate([outer[:1], inner, outer[1:]]))


def _around(y: NDArray[np.float64], value: float) -> tuple[float, float]:
    """Step a little towards the neighbours of the one value that most rows share.

    AutoML steps further when there are many other values; how far is not known.
    """
    below, above = y[y < value], y[y > value]
    low = value - _NEIGHBOUR_SHARE * (value - below.max()) if len(below) else value
    high = value + _NEIGHBOUR_SHARE * (above.min() - value) if len(above) else value
    return float(low), float(high)
