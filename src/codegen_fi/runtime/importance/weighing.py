"""Sample weights of the rows that are scored: which are usable, and which scores take them."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import numpy as np

from . import azure_classification, azure_regression
from .scoring import AzureScorer

if TYPE_CHECKING:
    from collections.abc import Callable

_WITHOUT = (*azure_classification.WITHOUT_WEIGHTS, *azure_regression.WITHOUT_WEIGHTS)


def checked_weights(sample_weight: Any, rows: int) -> Any:
    """Refuse weights that can't be those of the rows that are scored.

    Parameters
    ----------
    sample_weight : array of shape (rows,) or None
    rows : int
        How many rows are scored.

    Returns
    -------
    ndarray of shape (rows,) or None

    Raises
    ------
    ValueError
        The message says how many are wrong.
    """
    if sample_weight is None:
        return None
    try:
        weights = np.asarray(sample_weight)
        numbers = weights.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"the sample weights aren't all numbers ({error})") from error
    if numbers.shape != (rows,):
        raise ValueError(f"{len(weights)} weights for {rows} scored rows")
    wrong = int((~(np.isfinite(numbers) & (numbers >= 0))).sum())
    if wrong:
        raise ValueError(f"{wrong:,} of {rows:,} sample weights are missing, infinite or below 0")
    if not numbers.any():
        raise ValueError("all sample weights are 0")
    # As they come: sums of whole numbers are rounded otherwise than those of floats.
    return numbers if weights.dtype == object else weights


def takes_weights(scorer: Callable[..., float]) -> bool:
    """Tell whether a score is defined for rows that don't count alike.

    A scorer that doesn't show the function it calls is taken for one that takes them.
    """
    if isinstance(scorer, AzureScorer):
        return scorer.name not in _WITHOUT
    function = getattr(scorer, "_score_func", None)
    if function is None:
        return True
    return "sample_weight" in inspect.signature(function).parameters
