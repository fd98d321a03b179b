"""Permutation importance: the drop in score when the rows of one column are shuffled.

The numbers are those of `sklearn.inspection.permutation_importance` with the same seed, to the
last bit: one seed for every column, and each repeat shuffles what the one before left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .rows import Measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

CONFIDENCE = 0.95


def shuffled_orders(rows: int, repeats: int, seed: int) -> list[NDArray[np.intp]]:
    """Work out which row each row takes its value from, for every repeat.

    scikit-learn draws a seed from the random state, starts a fresh generator from it for each
    column, shuffles one index array on and on, and applies it to the already shuffled column.
    All columns therefore share these orders.

    Parameters
    ----------
    rows, repeats, seed : int

    Returns
    -------
    list of ndarray of shape (rows,)
        One order per repeat, relative to the unshuffled rows.
    """
    drawn = np.random.RandomState(seed).randint(np.iinfo(np.int32).max + 1)
    random = np.random.RandomState(drawn)
    index = np.arange(rows)
    order = np.arange(rows)
    orders = []
    for _ in range(repeats):
        random.shuffle(index)
        order = order[index]
        orders.append(order)
    return orders


def drops(baseline: float, scores: Sequence[Sequence[float]]) -> Measure:
    """Turn scores after shuffling into importances.

    Parameters
    ----------
    baseline : float
        Score on the unshuffled rows.
    scores : sequence of shape (columns, repeats)

    Returns
    -------
    Measure
        Mean and standard deviation (ddof=0, as scikit-learn has it) of the drops, and the 95 %
        interval of the mean over the repeats: Student's t with repeats - 1 degrees of freedom.
        One repeat has no interval. The interval tells what other shuffles would give, not what
        other rows would.
    """
    drop = baseline - np.asarray(scores, dtype=np.float64)
    mean, half = drop.mean(axis=1), _half_width(drop)
    return Measure(mean, drop.std(axis=1), mean - half, mean + half)


def _half_width(drop: NDArray[np.float64]) -> Any:
    from scipy.special import stdtrit

    repeats = drop.shape[1]
    if repeats == 1:
        return np.full(len(drop), np.nan)
    t = stdtrit(repeats - 1, 0.5 + CONFIDENCE / 2)
    return t * drop.std(axis=1, ddof=1) / np.sqrt(repeats)
