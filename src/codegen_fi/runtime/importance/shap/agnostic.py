"""Any model at all: try out what it says with some columns replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import issparse

from ..anatomy import without_featurizer
from ..native.signs import one_each
from .contributions import (
    MARGIN,
    PROBABILITY,
    VALUE,
    Contributions,
    NoContributionsError,
    is_classifier,
)
from .mixing import Mixing
from .orders import by_orders, coalitions

if TYPE_CHECKING:
    from ..anatomy import Anatomy
    from ..lineage import Lineage
    from .contributions import Given

PREDICTIONS = 400_000
"""Most rows that the model is asked to predict."""

BACKGROUND = 50
"""Training rows that stand for what is not known, drawn without replacement."""

MOST_ROWS = 100
FEWEST_ROWS = 20


def by_trying(anatomy: Anatomy, given: Given, seed: int) -> tuple[Contributions, Any]:
    """Explain a whole model by its raw columns (sampled orders).

    Parameters
    ----------
    anatomy : Anatomy
    given : Given
        The rows as they leave the featurizer.
    seed : int
        Of the rows explained, of the background and of the orders.

    Returns
    -------
    Contributions
        One column per raw column.
    used : ndarray of int
        The rows that were explained.

    Raises
    ------
    NoContributionsError
        When columns can't be told apart or there are too many for the budget.
    """
    if anatomy.lineage is None:
        raise NoContributionsError(anatomy.untraced)
    players, blocks = _players(anatomy.lineage)
    used = _rows_used(given.rows.matrix().shape[0], len(players), seed)
    tail = anatomy.model if anatomy.featurizer is None else without_featurizer(anatomy.model)
    name, unit = _asked(tail)
    rows, background = _taken(given.rows.matrix(), used), _background(given, seed)
    mixing = Mixing(tail, name, _stacked(rows, background), len(used), blocks)
    values, expected, output = by_orders(mixing, len(players), seed)
    if unit == PROBABILITY and output.shape[1] == 2:  # noqa: PLR2004
        values, expected, output = values[:, :, 1:], expected[1:], output[:, 1:]
    everywhere = np.zeros((len(used), len(anatomy.raw), output.shape[1]))
    everywhere[:, players] = values
    note = f"by trying out orders of the columns, {background.shape[0]} training rows as background"
    return Contributions(everywhere, expected, output, unit, note, one_each(output.shape[1])), used


def _players(lineage: Lineage) -> tuple[list[int], list[list[int]]]:
    """List the raw columns that are used, and what the featurizer made of each."""
    if any(len(owners) != 1 for owners in lineage.owners):
        raise NoContributionsError("columns computed from several others can't be told apart")
    blocks: dict[int, list[int]] = {}
    for column, (owner,) in enumerate(lineage.owners):
        blocks.setdefault(owner, []).append(column)
    return list(blocks), list(blocks.values())


def _rows_used(rows: int, players: int, seed: int) -> Any:
    affordable = PREDICTIONS // (coalitions(players) * BACKGROUND)
    if affordable < min(rows, FEWEST_ROWS):
        raise NoContributionsError(
            f"{players} columns times {BACKGROUND} background rows are more than the "
            f"{PREDICTIONS} predictions set for it"
        )
    return drawn(rows, min(MOST_ROWS, affordable), seed)


def drawn(rows: int, most: int, seed: int) -> Any:
    """Draw the numbers of at most so many rows, in order."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.RandomState(seed).choice(rows, most, replace=False))


def _background(given: Given, seed: int) -> Any:
    matrix = given.training.matrix()
    return _taken(matrix, drawn(matrix.shape[0], BACKGROUND, seed))


def _taken(matrix: Any, rows: Any) -> Any:
    return matrix.iloc[rows] if hasattr(matrix, "iloc") else matrix[rows]


def _stacked(upper: Any, lower: Any) -> Any:
    if hasattr(upper, "iloc"):
        import pandas as pd

        return pd.concat([upper, lower], ignore_index=True)
    if issparse(upper):
        from scipy.sparse import vstack

        return vstack([upper, lower], format="csr")
    return np.vstack([upper, lower])


def _asked(model: Any) -> tuple[str, str]:
    if not is_classifier(model):
        return "predict", VALUE
    if hasattr(model, "predict_proba"):
        return "predict_proba", PROBABILITY
    return "decision_function", MARGIN
