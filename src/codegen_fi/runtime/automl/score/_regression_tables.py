"""The charts Azure ML draws for a regressor: residuals, and predicted against true."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._regression import Residuals
from ._report import document, failure

_STEPS = 8
_REACH = 2
_DIGITS = 2


def residuals(r: Residuals) -> dict[str, Any]:
    """Count predicted minus true in ten bins.

    The inner eight reach two standard deviations of the target to either side, rounded up to two
    digits after the first; the outer two hold the rest.
    """
    errors = r.predicted - r.y
    edges = _edges(r.y_std if r.y_std > 0 else 1.0, errors)
    data = {
        "bin_edges": edges.tolist(),
        "bin_counts": np.histogram(errors, bins=edges)[0].tolist(),
        "mean": float(errors.mean()),
        "stddev": float(errors.std()),
        "res_count": len(errors),
    }
    return document("residuals", data)


def _edges(std: float, errors: NDArray[np.float64]) -> NDArray[np.float64]:
    reach = _REACH * std
    decimals = max(_DIGITS, _DIGITS - _magnitude(reach))
    limit = math.ceil(reach * 10.0**decimals) / 10.0**decimals
    # Read off AutoML's own edges: the finer rounding changes at 9, 90, 900 ..., not at 10.
    finer = _DIGITS + 1 - _magnitude(limit * 10 / 9)
    inner = np.round(np.linspace(-limit, limit, _STEPS + 1), max(_DIGITS, finer))
    least, largest = errors.min(), errors.max()
    # An outer bin ends where its residuals do; one that holds none is as wide as the others.
    below = least if least < inner[0] else 2 * inner[0] - inner[1]
    above = largest if largest >= inner[-1] else 2 * inner[-1] - inner[-2]
    return np.concatenate([[below], inner, [above]])


def _magnitude(value: float) -> int:
    return math.floor(math.log10(value))


def predicted_true(r: Residuals) -> dict[str, Any]:
    """Average the predictions, with their standard deviation, by bins of the true value.

    Values below the first bin count in it; values above the last bin count nowhere.
    """
    if r.bins is None:
        return failure("The bins of the target are missing (bin_info).")
    ends = np.asarray(r.bins["bin_ends"], dtype=float)
    position = np.searchsorted(ends, r.y, side="left")
    groups = [r.predicted[position == k] for k in range(len(ends))]
    data = {
        "bin_edges": [float(r.bins["bin_starts"][0]), *ends.tolist()],
        "bin_counts": [len(group) for group in groups],
        "bin_averages": [float(group.mean()) if len(group) else 0.0 for group in groups],
        "bin_errors": [float(group.std()) if len(group) else 0.0 for group in groups],
    }
    return document("predictions", data)


TABLES: dict[str, Callable[[Residuals], dict[str, Any]]] = {
    "predicted_true": predicted_true,
    "residuals": residuals,
}
