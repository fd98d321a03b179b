"""Shapley's values by trying out orders in which the columns become known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Players = tuple[int, ...]
    Values = Callable[[Sequence[Players]], Sequence[NDArray[np.float64]]]

ORDERS = 2
"""Orders of the columns that are tried, each forwards and backwards."""


def coalitions(players: int) -> int:
    """Count the sets of unknown columns that the orders ask about, at most."""
    return 2 * ORDERS * max(players - 1, 1)


def by_orders(
    value: Values, players: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Give each player what it adds when it becomes known, averaged over orders.

    What all of them add up to is exact, whichever the orders are, and so is what each adds where
    they don't interact.

    Parameters
    ----------
    value : callable(sequence of sets) -> sequence of ndarray of shape (rows, outputs)
        What is expected of each row with the players of a set unknown.
    players : int
    seed : int
        Of the orders.

    Returns
    -------
    values : ndarray of shape (rows, players, outputs)
    expected : ndarray of shape (outputs,)
    output : ndarray of shape (rows, outputs)
    """
    everyone = tuple(range(players))
    random = np.random.RandomState(seed)
    drawn = [random.permutation(players).tolist() for _ in range(ORDERS)]
    orders = [order for each in drawn for order in (each, each[::-1])]
    steps = [[tuple(sorted(order[known:])) for known in range(players + 1)] for order in orders]
    asked = list(dict.fromkeys([(), everyone, *(step for each in steps for step in each)]))
    found = dict(zip(asked, value(asked)))  # noqa: B905
    output = found[()]
    values = np.zeros((len(output), players, output.shape[1]))
    for order, sets in zip(orders, steps):  # noqa: B905
        for player, before, after in zip(order, sets, sets[1:]):  # noqa: B905
            values[:, player] += (found[after] - found[before]) / len(orders)
    return values, found[everyone].mean(axis=0), output
